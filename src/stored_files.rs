//! Files of imported data sets, which the browser keeps under addresses of the page: its Cache API.
//!
//! The page and the trainers look here before they ask a server; the workbench puts them here.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::dataset::IMPORTED;

/// Name of the cache.
pub const CACHE: &str = "resnet-playground-images";

/// Whether no server has what lies there.
pub fn is_stored(url: &str) -> bool {
    url.contains(IMPORTED)
}

/// The `Response` that is kept under this address; nothing if there is none, or if the browser keeps nothing here.
pub async fn stored(url: &str) -> Option<JsValue> {
    let caches = Reflect::get(&js_sys::global(), &"caches".into()).ok()?;
    let look: Function = Reflect::get(&caches, &"match".into()).ok()?.dyn_into().ok()?;
    let looking: Promise = look.call1(&caches, &url.into()).ok()?.dyn_into().ok()?;
    JsFuture::from(looking).await.ok().filter(JsValue::is_object)
}
