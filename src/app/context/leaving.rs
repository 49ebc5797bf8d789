//! What happens when the page is hidden or left while a run is under way: it is saved, and who would lose steps is asked.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, Event};

use crate::language::text;
use crate::run::RunState;

use super::RunController;

/// Watches for it as long as there is a page.
pub fn watch(run: RunController) {
    // A browser may freeze or end a hidden page without another word.
    let hidden = move |_: &Event| {
        if document().hidden() {
            run.keep_at_once();
        }
    };
    EventListener::new(&document(), "visibilitychange", hidden).forget();
    EventListener::new(&window(), "pagehide", move |_| run.keep_at_once()).forget();
    let left = move |event: &Event| {
        // Saved while the visitor reads the question.
        run.keep_at_once();
        if run.state().with_untracked(RunState::has_unsaved_steps) {
            event.prevent_default();
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                // Older browsers ask only for this. They show a sentence of their own.
                event.set_return_value(text!("The run is not saved yet."));
            }
        }
    };
    EventListener::new_with_options(&window(), "beforeunload", EventListenerOptions::enable_prevent_default(), left).forget();
}
