//! Explanations that show while something is pointed at or has the focus: Escape takes them away, so that they hide nothing.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// A term of the glossary whose explanation is there.
const TERM: &str = ".term:hover, .term:focus";
/// On the page's root while explanations stay away; `www/components.css` hides them then.
const AWAY: &str = "data-tips-away";

/// Listens for as long as there is a page.
pub fn listen() {
    let pressed = |event: &web_sys::Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.key() != "Escape" || is_away() {
            return;
        }
        let shows_term = document().query_selector(TERM).is_ok_and(|found| found.is_some());
        put_away(true);
        if shows_term {
            // The sheet or the lesson that the term stands in must not close as well.
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    EventListener::new_with_options(&window(), "keydown", options, pressed).forget();
    for moved_on in ["focusin", "pointerover"] {
        EventListener::new(&document(), moved_on, |_| put_away(false)).forget();
    }
}

fn is_away() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute(AWAY))
}

fn put_away(away: bool) {
    if away == is_away() {
        return;
    }
    let Some(root) = document().document_element() else { return };
    // Neither is refused: the name is ours and valid.
    let _ = if away { root.set_attribute(AWAY, "") } else { root.remove_attribute(AWAY) };
}
