//! The full screen, where the browser gives it: to frames only with `allow="fullscreen"`.

use gloo::events::EventListener;
use leptos::prelude::*;

/// Whether the browser gives it.
pub fn is_possible() -> bool {
    document().fullscreen_enabled()
}

/// Whether the page has it.
pub fn is_on() -> bool {
    document().fullscreen_element().is_some()
}

/// Follows whether the page has it, for as long as there is a page.
pub fn follow() -> ReadSignal<bool> {
    let on = RwSignal::new(is_on());
    EventListener::new(&document(), "fullscreenchange", move |_| on.set(is_on())).forget();
    on.read_only()
}

/// Takes it, or gives it back.
pub fn turn() {
    let document = document();
    if is_on() {
        document.exit_fullscreen();
    } else if let Some(root) = document.document_element() {
        // Refused only without a click, and this follows one.
        let _ = root.request_fullscreen();
    }
}
