//! Keys that work outside fields, the drawing and dialogs: `p` plays and pauses, `s` takes a step.

use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::app::context::use_run;
use crate::app::services::event_target::comes_from;

/// What takes keys itself.
const TAKES_KEYS: &str = "input, select, textarea, [role=application], [role=dialog], dialog, [contenteditable]";

/// Listens for as long as there is a page.
pub fn listen() {
    let run = use_run();
    let heard = move |event: &web_sys::Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.repeat() || has_modifier(event) || comes_from(event, TAKES_KEYS) {
            return;
        }
        match event.key().as_str() {
            "p" => run.toggle(),
            "s" => run.step(),
            _ => {}
        }
    };
    EventListener::new(&window(), "keydown", heard).forget();
}

fn has_modifier(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key()
}
