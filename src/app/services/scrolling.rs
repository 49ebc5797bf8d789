//! Bringing a part of the page into view.

use leptos::prelude::window;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Pixels at the top of the window that other things may lie over.
const ABOVE: f64 = 150.0;
/// Share of the window's height that the course may take at its foot.
const FOOT: f64 = 0.5;

/// Scrolls as little as shows `element` whole; not at all where it is in view. It jumps, so nobody is made to watch it move.
pub fn scroll_into_view(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Scrolls to the top of `element`, only where it cannot be seen between the bar and the course. The style sheet decides whether
/// that moves or jumps.
pub fn bring_into_sight(element: &Element) {
    let place = element.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    if place.top() < 0.0 || place.top() > height * (1.0 - FOOT) - ABOVE.min(height / 4.0) {
        element.scroll_into_view_with_bool(true);
    }
}
