//! A newer build of the page, which the service worker keeps until the visitor takes it (`www/offline/register.js`).

use gloo::events::EventListener;
use leptos::prelude::{document, window};

/// On the page's root as soon as one waits.
const ATTRIBUTE: &str = "data-update";
const READY: &str = "update-ready";
const USE: &str = "use-update";

/// Calls `heard` once a newer build waits, at once where it does already.
pub fn on_waiting(heard: impl Fn() + 'static) {
    if document().document_element().is_some_and(|root| root.has_attribute(ATTRIBUTE)) {
        heard();
    }
    EventListener::new(&window(), READY, move |_| heard()).forget();
}

/// Loads the page anew, of the newer build.
pub fn take() {
    if let Ok(event) = web_sys::Event::new(USE) {
        // Its listener is ours and throws nothing.
        let _ = window().dispatch_event(&event);
    }
}
