//! The one key of the page: Space plays and pauses.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::browser::listen_to_window;
use super::parts;
use super::session::Command;

/// What Space already means something to.
const TAKES_SPACE: &str = "input, select, textarea, button, summary, a, [tabindex], [contenteditable]";

/// Listens until the page goes.
pub fn listen() {
    listen_to_window("keydown", |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.key() == " " && !event.repeat() && !has_modifier(event) && !is_taken(event) {
            event.prevent_default();
            parts::run(Command::Toggle);
        }
    });
}

fn has_modifier(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key()
}

fn is_taken(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(TAKES_SPACE).ok().flatten().is_some())
}
