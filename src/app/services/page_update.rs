//! What the page and the script of its service worker tell each other (`www/offline/register.js`).

use gloo::events::EventListener;
use leptos::prelude::{document, window};

/// On the page's root as soon as one waits.
const ATTRIBUTE: &str = "data-update";
const READY: &str = "update-ready";
const USE: &str = "use-update";
const KEEP: &str = "keep-page";

/// Calls `heard` once a newer build waits, at once where it does already.
pub fn on_waiting(heard: impl Fn() + 'static) {
    if document().document_element().is_some_and(|root| root.has_attribute(ATTRIBUTE)) {
        heard();
    }
    EventListener::new(&window(), READY, move |_| heard()).forget();
}

/// Loads the page anew, of the newer build.
pub fn take() {
    tell(USE);
}

/// Has the service worker fetch all files, for visits without a network: what Play needs is there, and no longer waits behind them.
pub fn keep_page() {
    tell(KEEP);
}

fn tell(name: &str) {
    if let Ok(event) = web_sys::Event::new(name) {
        // Its listener is ours and throws nothing.
        let _ = window().dispatch_event(&event);
    }
}
