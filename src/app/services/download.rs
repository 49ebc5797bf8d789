//! Files for the visitor to keep.

use gloo::file::{Blob, ObjectUrl};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Saves bytes under a name, as a download.
pub fn save_file(name: &str, bytes: &[u8]) {
    let url = ObjectUrl::from(Blob::new(bytes));
    let Some(link) = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok()) else { return };
    // The names are ours and valid, so neither is refused.
    let _ = link.set_attribute("href", &url);
    let _ = link.set_attribute("download", name);
    link.click();
}
