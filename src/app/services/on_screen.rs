//! Whether a page is on the screen: of a frame, whether the reader has scrolled to it.

use leptos::prelude::*;
use leptos_use::use_intersection_observer;
use web_sys::IntersectionObserverEntry;

/// Follows whether it is. Until the browser has said so, it is.
pub fn follow() -> ReadSignal<bool> {
    let seen = RwSignal::new(true);
    let told = move |entries: Vec<IntersectionObserverEntry>, _| {
        if let Some(newest) = entries.last() {
            seen.set(newest.is_intersecting());
        }
    };
    if let Some(root) = document().document_element() {
        use_intersection_observer(root, told);
    }
    seen.read_only()
}
