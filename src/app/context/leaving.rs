//! What happens when the page is hidden or left while a run is under way: it is saved, and who would lose steps is asked.

use gloo::events::EventListener;
use leptos::{ev, prelude::*};
use web_sys::Event;

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
    window_event_listener(ev::pagehide, move |_| run.keep_at_once());
    window_event_listener(ev::beforeunload, move |event| {
        // Saved while the visitor reads the question.
        run.keep_at_once();
        if run.state().with_untracked(RunState::has_unsaved_steps) {
            event.prevent_default();
            // Older browsers ask only for this. They show a sentence of their own.
            event.set_return_value(text!("The run is not saved yet."));
        }
    });
}
