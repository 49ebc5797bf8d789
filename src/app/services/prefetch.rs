//! Fetches files before they are needed, for the browser to keep.

use js_sys::{Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::worker::javascript::call;

/// Fetches a file behind whatever the page itself fetches. One that does not come is asked for again when it is needed.
///
/// It is no `<link rel="prefetch">`: Safari knows none, and Firefox refuses it under a policy whose `default-src` is `'none'`.
pub async fn prefetch(url: &str) {
    drop(try_prefetch(url).await);
}

async fn try_prefetch(url: &str) -> Result<(), JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"priority".into(), &"low".into())?;
    let promise: Promise = call(&window(), "fetch", &[url.into(), options.into()])?.dyn_into()?;
    let response = JsFuture::from(promise).await?;
    // A browser stops fetching what nobody reads. A blob lies outside of the memory of this program, which never shrinks.
    let whole: Promise = call(&response, "blob", &[])?.dyn_into()?;
    JsFuture::from(whole).await.map(drop)
}
