//! Where an event of the page comes from.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// Whether it comes from an element that `selector` finds, or from inside one.
pub fn comes_from(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}
