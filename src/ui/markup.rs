//! Elements addressed by `id`, and pieces of HTML that several panels have.

use std::time::Duration;

use crate::ui::browser::{document, later};
use js_sys::Reflect;
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
        // Written anew it would be read aloud again.
        if element.text_content().as_deref() != Some(text) {
            element.set_text_content(Some(text));
        }
    }
}

/// Sets an attribute, or takes it away.
pub fn mark(id: &str, name: &str, value: Option<&str>) {
    let Some(element) = element(id) else { return };
    // Writing what stands there already would still make the browser look at it.
    if element.get_attribute(name).as_deref() != value {
        // Refused only for names that are none.
        let _ = match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        };
    }
}

/// The `id` of the button that an event is about; empty where it is about none.
pub fn button_of(event: &Event) -> String {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.and_then(|target| target.closest("button").ok().flatten()).map(|button| button.id()).unwrap_or_default()
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
    later(focus, Duration::ZERO);
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
