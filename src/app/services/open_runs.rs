//! Which runs a tab has open: no other goes on with them or deletes them.
//!
//! A lock of the browser says so, which ends with the page however that ends. In browsers without locks the page notes the time
//! again and again while it lives.

use std::collections::BTreeMap;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use leptos::prelude::window;

use super::local_storage;
use crate::checkpoint::saved_runs::{BEAT_EVERY_MS, is_alive};
use crate::experiment::RunId;
use crate::worker::locks::{self, Ask, Asked, Held};

const LOCK: &str = "resnet-playground-run-";
/// Where the browser remembers the times.
const BEATS: &str = "open-runs";

/// Holds a run for this page until it is dropped.
pub struct Hold {
    _lock: Option<Held>,
    _beating: Option<Beating>,
}

/// Takes a run for this page; none where another tab has it.
pub async fn hold(id: RunId) -> Option<Hold> {
    match locks::ask(&format!("{LOCK}{id}"), Ask::AloneIfFree).await {
        Asked::Held(lock) => Some(Hold { _lock: Some(lock), _beating: None }),
        Asked::Taken => None,
        Asked::NoLocks => (!beats().contains_key(&id.to_string())).then(|| Hold { _lock: None, _beating: Some(Beating::new(id)) }),
    }
}

/// The runs that some tab has open, this one among them.
pub async fn all() -> Vec<RunId> {
    match locks::names().await {
        Some(names) => names.iter().filter_map(|name| RunId::read(name.strip_prefix(LOCK)?)).collect(),
        None => beats().keys().filter_map(|id| RunId::read(id)).collect(),
    }
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
