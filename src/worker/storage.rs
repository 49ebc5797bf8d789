//! Files that the browser keeps under addresses of the page: its Cache API.
//!
//! Imported data sets lie there, put by the worker for tasks; the page and the trainers look here before they ask a server. The
//! [kept runs](crate::checkpoint::autosave) lie in a store of their own.

use std::pin::Pin;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
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

/// Names of all that is kept in the store of that name by this page. Pages in other folders of the same server share it.
pub async fn names_in(store: &str) -> Vec<String> {
    // Opening a store would make it.
    let is_there = answer(&caches(), "has", &[store.into()]).await.is_some_and(|is_there| is_there.is_truthy());
    if !is_there {
        return Vec::new();
    }
    let Some(store) = answer(&caches(), "open", &[store.into()]).await else { return Vec::new() };
    let requests = answer(&store, "keys", &[]).await.map(|requests| Array::from(&requests)).unwrap_or_default();
    let folder = folder();
    requests.iter().filter_map(|request| get(&request, "url").as_string()?.strip_prefix(&folder).map(str::to_owned)).collect()
}

/// Keeps bytes under a name in the store of that name, in the place of what was kept under it. None where the browser does not.
pub async fn write_to(store: &str, name: &str, bytes: &[u8]) -> Option<()> {
    let store = answer(&caches(), "open", &[store.into()]).await?;
    let response: Function = get(&js_sys::global(), "Response").dyn_into().ok()?;
    let contents = Reflect::construct(&response, &Array::of1(&Uint8Array::from(bytes))).ok()?;
    answer(&store, "put", &[name.into(), contents]).await.map(drop)
}

/// Removes what is kept under a name in the store of that name, if it is there.
pub async fn remove_from(store: &str, name: &str) {
    let Some(store) = answer(&caches(), "open", &[store.into()]).await else { return };
    // What cannot be removed takes room, no more.
    let _ = answer(&store, "delete", &[name.into()]).await;
}

/// Address of the page's folder, where its programs lie too.
fn folder() -> String {
    let address = get(&get(&js_sys::global(), "location"), "href").as_string().unwrap_or_default();
    let address = address.split(['?', '#']).next().unwrap_or_default();
    address.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

/// Absent on pages that are not served over https.
fn caches() -> JsValue {
    get(&js_sys::global(), "caches")
}

async fn answer(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    JsFuture::from(call(object, method, arguments).ok()?.dyn_into::<Promise>().ok()?).await.ok()
}
