//! The window around a frame, whatever page it is of.

use gloo::events::EventListener;
use js_sys::{Array, JSON};
use leptos::prelude::window;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort};

use crate::worker::javascript::{call, get};

/// Any page may hear it: for what is not private, and for pages without an origin.
pub const ANYBODY: &str = "*";

/// The window around, if there is one.
fn parent() -> Option<JsValue> {
    let window = window();
    let parent = get(&window, "parent");
    (parent.is_object() && &parent != AsRef::<JsValue>::as_ref(&window)).then_some(parent)
}

/// Says something to a page of this origin; a port may go along.
pub fn say(message: &impl Serialize, origin: &str, port: Option<&MessagePort>) {
    let text = serde_json::to_string(message).unwrap_or_default();
    let (Some(parent), Ok(message)) = (parent(), JSON::parse(&text)) else { return };
    let ports: Array = port.into_iter().collect();
    // A page of another origin does not hear it, as it should be.
    let _ = call(&parent, "postMessage", &[message, origin.into(), ports.into()]);
}

/// Hears what the window around says, as JSON with the origin of its page, for as long as there is this page.
pub fn listen(heard: impl Fn(&str, &str) + 'static) {
    let Some(parent) = parent() else { return };
    let told = move |event: &web_sys::Event| {
        let Some(event) = event.dyn_ref::<MessageEvent>().filter(|event| get(event, "source") == parent) else { return };
        if let Some(text) = text_of(&event.data()) {
            heard(&text, &event.origin());
        }
    };
    EventListener::new(&window(), "message", told).forget();
}

/// A message as JSON; nothing of what is none.
pub fn text_of(data: &JsValue) -> Option<String> {
    // Texts are not ours, and may be long.
    if !data.is_object() {
        return None;
    }
    JSON::stringify(data).ok()?.as_string()
}

/// A name for a message, unlike others.
pub fn message_id() -> String {
    format!("resnet-playground-{:.0}", js_sys::Math::random() * js_sys::Number::MAX_SAFE_INTEGER)
}
