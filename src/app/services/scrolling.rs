//! Bringing a part of the page into view.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// Scrolls as little as shows `element` whole; not at all where it is in view. It jumps, so nobody is made to watch it move.
pub fn scroll_into_view(element: &Element) {
    let options = js_sys::Object::new();
    // A plain object takes any property.
    let _ = js_sys::Reflect::set(&options, &JsValue::from_str("block"), &JsValue::from_str("nearest"));
    let method = js_sys::Reflect::get(element, &JsValue::from_str("scrollIntoView"));
    if let Some(method) = method.ok().and_then(|method| method.dyn_into::<js_sys::Function>().ok()) {
        // Every element of a page can be scrolled to.
        let _ = method.call1(element, &options);
    }
}
