//! Where the focus goes when what has it goes away.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// What the Tab key stops at.
const STOPS: &str = "a[href], button, input, select, textarea, summary, [tabindex='0']";

/// Gives the focus to the first stop of the Tab key behind an element that is about to go away.
pub fn focus_behind(leaving: &Element) {
    // The selector is valid.
    let Ok(stops) = document().query_selector_all(STOPS) else { return };
    let is_behind = |stop: &HtmlElement| {
        let place = leaving.compare_document_position(stop);
        let is_there = stop.offset_parent().is_some() && stop.get_attribute("tabindex").as_deref() != Some("-1");
        is_there && place & Node::DOCUMENT_POSITION_FOLLOWING != 0 && place & Node::DOCUMENT_POSITION_CONTAINED_BY == 0
    };
    let next = (0..stops.length()).filter_map(|at| stops.get(at)?.dyn_into::<HtmlElement>().ok()).find(is_behind);
    if let Some(next) = next {
        // What is not hidden takes the focus.
        let _ = next.focus();
    }
}
