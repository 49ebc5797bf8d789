//! Elements addressed by `id`, for panels that are written as HTML.
//!
//! Thirty plain controls as one piece of HTML with one listener are 3 kB less to download, compressed, than as
//! views; the page is to stay near 200 kB.

use std::time::Duration;

use js_sys::Reflect;
use leptos::prelude::{document, set_timeout};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement};

/// The element of that `id`, once the panel is on the page.
pub fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// Sets a property, such as `value`.
pub fn set(id: &str, property: &str, value: &JsValue) {
    if let Some(element) = element(id) {
        // Properties of our own elements can be set.
        let _ = Reflect::set(&element, &property.into(), value);
    }
}

/// Replaces the text of an element.
pub fn say(id: &str, text: &str) {
    if let Some(element) = element(id) {
        element.set_text_content(Some(text));
    }
}

/// A property of the element that an event is about, as text; empty where there is none.
pub fn of_target(event: &Event, property: &str) -> String {
    let target = event.target().map(JsValue::from).unwrap_or_default();
    Reflect::get(&target, &property.into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// The value of a field or a list; empty where there is none.
pub fn value_of(id: &str) -> String {
    element(id).and_then(|element| Reflect::get(&element, &"value".into()).ok()).and_then(|value| value.as_string()).unwrap_or_default()
}

/// Gives the focus back to an element that was written anew, once it is there and if nothing else has it by then.
pub fn focus_again(id: String) {
    let focus = move || {
        let is_free = document().active_element().is_none_or(|holder| holder.tag_name() == "BODY");
        if let Some(element) = element(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok()).filter(|_| is_free) {
            // Nothing is lost where it cannot have it.
            let _ = element.focus();
        }
    };
    set_timeout(focus, Duration::ZERO);
}

/// A labelled field with what it does, its control, and a place for what is wrong with it.
pub fn field(id: &str, label: &str, help: &str, control: &str) -> String {
    format!(
        "<div class=field title=\"{help}\"><label for={id}>{label}</label><div class=field-row>{control}</div>\
         <div class=field-problem id={id}-problem role=status></div></div>"
    )
}

/// A list to choose from: values and what they are called.
pub fn select(id: &str, choices: impl Iterator<Item = (&'static str, &'static str)>) -> String {
    let choices: String = choices.map(|(value, label)| format!("<option value=\"{value}\">{label}</option>")).collect();
    format!("<select id={id}>{choices}</select>")
}
