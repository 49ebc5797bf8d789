//! Giving the focus to what is pointed at.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What gets it, the first that there is: the drawing, a card of the open tab, a field, a button.
const GOALS: [&str; 4] = ["[role=application]", "[role=tabpanel]:not([hidden]) button", "input", "button"];

/// Gives the focus to what a visitor would use inside of `place`.
pub fn focus_within(place: &Element) {
    let goal = GOALS.iter().find_map(|goal| place.query_selector(goal).ok().flatten());
    if let Some(goal) = goal {
        // What can be focused takes it, and so does the drawing, though it is no HTML.
        let _ = goal.unchecked_into::<HtmlElement>().focus();
    }
}
