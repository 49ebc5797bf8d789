//! Locks that a browser's pages and workers share. One ends with whoever holds it, however that ends.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::javascript::{call, get};

/// How a lock is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Alone, and only if nobody has it now.
    AloneIfFree,
    /// Together with others who ask so; waits for one who has it alone.
    Shared,
}

/// What came of it.
pub enum Asked {
    /// It is held until this is dropped.
    Held(Held),
    /// Somebody else has it.
    Taken,
    /// This browser has no locks, or none for this page.
    NoLocks,
}

/// A lock that is held until this is dropped.
pub struct Held {
    release: Option<Function>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            // Resolving a promise throws nothing.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Asks for a lock.
pub async fn ask(name: &str, ask: Ask) -> Asked {
    let locks = locks();
    if locks.is_falsy() {
        return Asked::NoLocks;
    }
    let (mut release, mut tell) = (None, None);
    let released = Promise::new(&mut |resolve, _| release = Some(resolve));
    let granted = Promise::new(&mut |resolve, _| tell = Some(resolve));
    let while_held = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let is_granted = lock.is_truthy();
        if let Some(tell) = tell {
            // Resolving a promise throws nothing.
            let _ = tell.call1(&JsValue::NULL, &is_granted.into());
        }
        if is_granted { released.into() } else { JsValue::UNDEFINED }
    });
    let options = Object::new();
    let (key, value) = match ask {
        Ask::AloneIfFree => ("ifAvailable", JsValue::TRUE),
        Ask::Shared => ("mode", "shared".into()),
    };
    // A new object takes any property.
    let _ = Reflect::set(&options, &key.into(), &value);
    let request = call(&locks, "request", &[name.into(), options.into(), while_held]);
    let Some(request) = request.ok().and_then(|request| request.dyn_into::<Promise>().ok()) else { return Asked::NoLocks };
    // The request itself ends with the lock, or at once where the browser refuses it.
    match JsFuture::from(Promise::race(&Array::of2(&granted, &request))).await {
        Ok(is_granted) if is_granted.as_bool() == Some(true) => Asked::Held(Held { release }),
        Ok(_) => Asked::Taken,
        Err(_) => Asked::NoLocks,
    }
}

/// Names of all locks that are held; none where there are no locks.
pub async fn names() -> Option<Vec<String>> {
    let locks = locks();
    if locks.is_falsy() {
        return None;
    }
    let asked = call(&locks, "query", &[]).ok()?.dyn_into::<Promise>().ok()?;
    let held = JsFuture::from(asked).await.map(|state| Array::from(&get(&state, "held"))).unwrap_or_default();
    Some(held.iter().filter_map(|lock| get(&lock, "name").as_string()).collect())
}

/// Undefined in old browsers.
fn locks() -> JsValue {
    get(&get(&js_sys::global(), "navigator"), "locks")
}
