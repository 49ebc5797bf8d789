//! Which runs a tab has open: no other goes on with them or deletes them.
//!
//! A lock of the browser says so, which ends with the page however that ends. In browsers without locks the page notes the time
//! again and again while it lives.

use std::collections::BTreeMap;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::local_storage;
use crate::checkpoint::saved_runs::{BEAT_EVERY_MS, is_alive};
use crate::experiment::RunId;
use crate::worker::javascript::{call, get};

const LOCK: &str = "resnet-playground-run-";
/// Where the browser remembers the times.
const BEATS: &str = "open-runs";

/// Holds a run for this page until it is dropped.
#[derive(Default)]
pub struct Hold {
    release: Option<Function>,
    _beating: Option<Beating>,
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            // Resolving a promise throws nothing.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Takes a run for this page; none where another tab has it.
pub async fn hold(id: RunId) -> Option<Hold> {
    let locks = locks();
    if locks.is_falsy() {
        return (!beats().contains_key(&id.to_string())).then(|| Hold { release: None, _beating: Some(Beating::new(id)) });
    }
    let (mut release, mut tell) = (None, None);
    let released = Promise::new(&mut |resolve, _| release = Some(resolve));
    let granted = Promise::new(&mut |resolve, _| tell = Some(resolve));
    let while_held = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let is_granted = lock.is_truthy();
        if let Some(tell) = tell {
            // As above.
            let _ = tell.call1(&JsValue::NULL, &is_granted.into());
        }
        if is_granted { released.into() } else { JsValue::UNDEFINED }
    });
    let options = Object::new();
    // A new object takes any property.
    let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
    let request = call(&locks, "request", &[format!("{LOCK}{id}").into(), options.into(), while_held]);
    let request = request.ok().and_then(|request| request.dyn_into::<Promise>().ok());
    let answer = JsFuture::from(Promise::race(&Array::of2(&granted, &request.into()))).await;
    // A browser that refuses locks to this page keeps no runs for it either.
    let is_taken = answer.is_ok_and(|answer| answer.as_bool() == Some(false));
    (!is_taken).then_some(Hold { release, _beating: None })
}

/// The runs that some tab has open, this one among them.
pub async fn all() -> Vec<RunId> {
    let locks = locks();
    if locks.is_falsy() {
        return beats().keys().filter_map(|id| RunId::read(id)).collect();
    }
    let asked = call(&locks, "query", &[]).ok().and_then(|asked| asked.dyn_into::<Promise>().ok());
    let Some(asked) = asked else { return Vec::new() };
    let held = JsFuture::from(asked).await.map(|state| Array::from(&get(&state, "held"))).unwrap_or_default();
    held.iter().filter_map(|lock| RunId::read(get(&lock, "name").as_string()?.strip_prefix(LOCK)?)).collect()
}

/// Undefined in old browsers.
fn locks() -> JsValue {
    get(&window().navigator(), "locks")
}

/// Runs of tabs that live, with their times.
fn beats() -> BTreeMap<String, f64> {
    let now_ms = js_sys::Date::now();
    let mut beats: BTreeMap<String, f64> = local_storage::get(BEATS).unwrap_or_default();
    beats.retain(|_, beat_ms| is_alive(*beat_ms, now_ms));
    beats
}

fn change_beats(change: impl FnOnce(&mut BTreeMap<String, f64>)) {
    let mut beats = beats();
    change(&mut beats);
    // Without storage no other tab hears of this one; it finds no runs there either.
    let _ = local_storage::set(BEATS, &beats);
}

/// Notes the time while it lives. A page that is left takes its note away, and may come back.
struct Beating {
    id: RunId,
    _again: Interval,
    _listeners: [EventListener; 2],
}

impl Beating {
    fn new(id: RunId) -> Self {
        let beat = move || change_beats(|beats| beats.extend([(id.to_string(), js_sys::Date::now())]));
        let end = move || change_beats(|beats| beats.retain(|other, _| *other != id.to_string()));
        beat();
        let window = window();
        let listeners = [EventListener::new(&window, "pagehide", move |_| end()), EventListener::new(&window, "pageshow", move |_| beat())];
        Self { id, _again: Interval::new(BEAT_EVERY_MS, beat), _listeners: listeners }
    }
}

impl Drop for Beating {
    fn drop(&mut self) {
        change_beats(|beats| beats.retain(|other, _| *other != self.id.to_string()));
    }
}
