//! The page follows the signals: what is kept up to date, and who listens.
//!
//! The panels are HTML as text, put on the page in one piece. What changes in them is an element with an `id` and a
//! closure. Closures are boxed before they reach Leptos or the browser: otherwise all of the code that keeps something
//! up to date is compiled once for each of them, which made the page more than twice as large.

use reactive_graph::effect::Effect;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Event;

use super::markup::{element, mark, set};

/// Runs `show` soon, and again whenever something that it reads has changed.
pub fn follow(show: impl Fn() + 'static) {
    fn boxed(show: Box<dyn Fn()>) {
        Effect::new(move |_| show());
    }
    boxed(Box::new(show));
}

/// Keeps a property of an element, such as `disabled`, at what `of` says.
pub fn keep<Value: Into<JsValue>>(id: &'static str, property: &'static str, of: impl Fn() -> Value + 'static) {
    fn boxed(id: &'static str, property: &'static str, of: Box<dyn Fn() -> JsValue>) {
        Effect::new(move |before: Option<JsValue>| {
            let now = of();
            // What stands there already is not written again: it would be read aloud again, and lose its selection.
            if before.as_ref() != Some(&now) {
                set(id, property, &now);
            }
            now
        });
    }
    boxed(id, property, Box::new(move || of().into()));
}

/// Keeps the text of an element.
pub fn keep_text<Text: Into<JsValue>>(id: &'static str, of: impl Fn() -> Text + 'static) {
    keep(id, "textContent", of);
}

/// Keeps what is in an element, as HTML.
pub fn keep_html(id: &'static str, of: impl Fn() -> String + 'static) {
    keep(id, "innerHTML", of);
}

/// Keeps an attribute of an element, which has none while `of` gives nothing.
pub fn keep_attribute(id: &'static str, name: &'static str, of: impl Fn() -> Option<String> + 'static) {
    fn boxed(id: &'static str, name: &'static str, of: Box<dyn Fn() -> Option<String>>) {
        follow(move || mark(id, name, of().as_deref()));
    }
    boxed(id, name, Box::new(of));
}

/// Hears events of an element and all that is in it, for as long as it is on the page.
pub fn listen(id: &str, kinds: &[&str], heard: impl Fn(&Event) + 'static) {
    fn boxed(id: &str, kinds: &[&str], heard: Box<dyn FnMut(Event)>) {
        let Some(element) = element(id) else { return };
        let heard = Closure::wrap(heard).into_js_value();
        for kind in kinds {
            // Refused only by an element that takes no listeners.
            let _ = element.add_event_listener_with_callback(kind, heard.unchecked_ref());
        }
    }
    boxed(id, kinds, Box::new(move |event| heard(&event)));
}
