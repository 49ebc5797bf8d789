//! Whether a page is on the screen: of a frame, whether the reader has scrolled to it.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::worker::javascript::{call, get};

/// Follows whether it is, for as long as there is a page. Where the browser does not say, it is.
///
/// The browser's `IntersectionObserver` is made by name: it is all that is needed of it.
pub fn follow() -> ReadSignal<bool> {
    let seen = RwSignal::new(true);
    let told = Closure::<dyn FnMut(JsValue)>::new(move |entries: JsValue| {
        let newest = Array::from(&entries).pop();
        seen.set(get(&newest, "isIntersecting").is_truthy());
    });
    let observer = get(&window(), "IntersectionObserver")
        .dyn_into::<Function>()
        .and_then(|constructor| Reflect::construct(&constructor, &Array::of1(told.as_ref())));
    if let (Ok(observer), Some(root)) = (observer, document().document_element()) {
        // Refused of nothing that is an element.
        let _ = call(&observer, "observe", &[root.into()]);
        told.forget();
    }
    seen.read_only()
}
