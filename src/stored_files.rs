//! Files of imported data sets, which the browser keeps under addresses of the page: its Cache API.
//!
//! The page and the trainers look here before they ask a server; the workbench puts them here.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsCast;

use crate::dataset::IMPORTED;

/// Whether no server has what lies there.
pub fn is_stored(url: &str) -> bool {
    url.contains(IMPORTED)
}

/// Looks for the `Response` that is kept under this address: a promise of it, or of nothing. None for addresses that a
/// server has, or where the browser keeps nothing.
pub fn look_up(url: &str) -> Option<Promise> {
    let caches = Reflect::get(&js_sys::global(), &"caches".into()).ok().filter(|_| is_stored(url))?;
    let look: Function = Reflect::get(&caches, &"match".into()).ok()?.dyn_into().ok()?;
    look.call1(&caches, &url.into()).ok()?.dyn_into().ok()
}
