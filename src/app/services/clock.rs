//! Time that never runs backwards, and the date.

use leptos::prelude::window;
use wasm_bindgen::JsValue;

use super::language;

/// Milliseconds since the page began.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// As in `28 November 2026`, in the language of the page.
pub fn today() -> String {
    let options = js_sys::Object::new();
    // A plain object takes any property.
    let _ = js_sys::Reflect::set(&options, &JsValue::from_str("dateStyle"), &JsValue::from_str("long"));
    js_sys::Date::new_0().to_locale_date_string(&language::locale(), &options).into()
}
