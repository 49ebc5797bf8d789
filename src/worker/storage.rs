//! Files that the browser keeps under addresses of the page: its Cache API.
//!
//! Imported data sets lie there, put by the workbench; the page and the trainers look here before they ask a server. The
//! [kept run](crate::checkpoint::autosave) lies in a store of its own.

use std::pin::Pin;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::dataset::IMPORTED;
use crate::worker::javascript::{call, get};

/// Looks for the `Response` that is kept under this address: a promise of it, or of nothing. None for addresses that a
/// server has, or where the browser keeps nothing.
pub fn look_up(url: &str) -> Option<Promise> {
    url.contains(IMPORTED).then(|| call(&caches(), "match", &[url.into()]).ok()?.dyn_into().ok()).flatten()
}

/// What is kept under a name in the store of that name. In a box: otherwise each place that waits for it has a copy of its
/// code.
pub fn read_from<'a>(store: &'a str, name: &'a str) -> Pin<Box<dyn Future<Output = Option<Vec<u8>>> + 'a>> {
    Box::pin(async move {
        let store = answer(&caches(), "open", &[store.into()]).await?;
        let kept = answer(&store, "match", &[name.into()]).await?;
        Some(Uint8Array::new(&answer(&kept, "arrayBuffer", &[]).await?).to_vec())
    })
}

/// Absent on pages that are not served over https.
fn caches() -> JsValue {
    get(&js_sys::global(), "caches")
}

async fn answer(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    JsFuture::from(call(object, method, arguments).ok()?.dyn_into::<Promise>().ok()?).await.ok()
}
