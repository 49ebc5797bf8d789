//! The height in which everything can be seen without scrolling, for the page around.

use std::num::NonZeroU32;

use leptos::{html, prelude::*};
use leptos_use::use_element_size;
use web_sys::HtmlElement;

use crate::app::components::page_is_shown;
use crate::app::context::EmbedController;

/// No frame is asked to be lower than that: the player has to be seen.
const LEAST: u32 = 120;

/// Marks the embed while it is measured: its parts are as high as what is in them, however high the frame is.
const MEASURED: &str = "data-measured";

/// Tells the page around the height, after the first paint and whenever it changes.
pub fn tell_natural_height(embed: EmbedController, root: NodeRef<html::Div>, contents: NodeRef<html::Div>) {
    let (frame, inside) = (use_element_size(root), use_element_size(contents));
    let (is_planned, is_shown) = (StoredValue::new(false), page_is_shown());
    let measure = move || {
        is_planned.set_value(false);
        let scrolled = contents.get_untracked().and_then(|contents| contents.parent_element());
        let before = scrolled.as_ref().map_or(0, |scrolled| scrolled.scroll_top());
        if let Some(height) = root.get_untracked().and_then(|root| natural_height(&root)) {
            embed.tell_height(height);
        }
        // What is as high as what is in it does not scroll.
        if let Some(scrolled) = scrolled {
            scrolled.set_scroll_top(before);
        }
    };
    Effect::new(move |_| {
        let sizes = [frame.width.get(), frame.height.get(), inside.width.get(), inside.height.get()];
        if !is_shown.get() || sizes.iter().all(|size| *size <= 0.0) || is_planned.get_value() {
            return;
        }
        is_planned.set_value(true);
        // Twice: the first frame is about to be painted.
        request_animation_frame(move || request_animation_frame(measure));
    });
}

/// Nothing of a frame that is not laid out.
fn natural_height(root: &HtmlElement) -> Option<NonZeroU32> {
    // Neither is refused: the name is ours and valid. Nothing is painted in between.
    let _ = root.set_attribute(MEASURED, "");
    let size = root.get_bounding_client_rect();
    let _ = root.remove_attribute(MEASURED);
    if size.width() < 1.0 {
        return None;
    }
    NonZeroU32::new((size.height().ceil() as u32).max(LEAST))
}
