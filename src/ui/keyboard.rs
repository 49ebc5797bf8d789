//! The one key of the page: Space plays and pauses.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::session::Session;

/// What Space already means something to.
const TAKES_SPACE: &str = "input, select, textarea, button, summary, a, [tabindex], [contenteditable]";

/// Listens until the page goes.
pub fn listen(session: Session) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.key() == " " && !event.repeat() && !has_modifier(&event) && !is_taken(&event) {
            event.prevent_default();
            session.toggle();
        }
    });
    on_cleanup(move || handle.remove());
}

fn has_modifier(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key()
}

fn is_taken(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(TAKES_SPACE).ok().flatten().is_some())
}
