//! Small questions to the browser.

use std::time::Duration;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Event, Storage, Url, Window};

/// The window: the page runs nowhere else.
pub fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// The document in it.
pub fn document() -> Document {
    Reflect::get(&window(), &"document".into()).unwrap_or_default().unchecked_into()
}

/// Calls `then` after a while.
pub fn later(then: impl FnOnce() + 'static, wait: Duration) {
    fn boxed(then: Box<dyn FnOnce()>, wait: Duration) {
        let then = once(then);
        // Refused only for what is no function.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(then.unchecked_ref(), wait.as_millis() as i32);
    }
    boxed(Box::new(then), wait);
}

/// Calls `then` before the next repaint.
pub fn next_frame(then: impl FnOnce() + 'static) {
    fn boxed(then: Box<dyn FnOnce()>) {
        // Refused only for what is no function.
        let _ = window().request_animation_frame(once(then).unchecked_ref());
    }
    boxed(Box::new(then));
}

fn once(then: Box<dyn FnOnce()>) -> JsValue {
    Closure::once_into_js(then)
}

/// Hears events of the window, for as long as there is a page.
pub fn listen_to_window(kind: &str, heard: impl Fn(&Event) + 'static) {
    fn boxed(kind: &str, heard: Box<dyn FnMut(Event)>) {
        // Refused only for what is no function.
        let _ = window().add_event_listener_with_callback(kind, Closure::wrap(heard).into_js_value().unchecked_ref());
    }
    boxed(kind, Box::new(move |event| heard(&event)));
}

/// Milliseconds since the page began, from a clock that never runs backwards.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// An address inside the page's folder, wherever that is served from.
pub fn absolute_url(relative: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    Url::new_with_base(relative, &base).map_or_else(|_| relative.to_owned(), |url| url.href())
}

/// Bytes as text; nothing where the browser cannot.
pub fn base64(bytes: &[u8]) -> Option<String> {
    // The browser's own encoder takes a string of characters up to 255.
    let characters: String = bytes.iter().copied().map(char::from).collect();
    window().btoa(&characters).ok()
}

/// A bitmap as the address of a picture.
pub fn bitmap_url(bytes: &[u8]) -> String {
    format!("data:image/bmp;base64,{}", base64(bytes).unwrap_or_default())
}

/// What is remembered between visits; private windows may forbid it.
pub fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The first of the files that a file input, something dropped or something pasted holds; undefined where that is empty.
///
/// # Errors
/// When it can hold none.
pub fn first_file(holder: &JsValue) -> Result<JsValue, JsValue> {
    Reflect::get_u32(&Reflect::get(holder, &"files".into())?, 0)
}
