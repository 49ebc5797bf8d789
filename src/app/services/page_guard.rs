//! What the script of `index.html` that guards the page has to know of it: were the program to stop, it could say nothing itself.

use leptos::prelude::document;

/// Step up to which the run is saved, for the sentence about a page that has stopped.
const SAVED_STEP: &str = "data-saved-step";

/// Says how far the run is saved; `None` where none is.
pub fn tell_saved_step(step: Option<usize>) {
    let Some(root) = document().document_element() else { return };
    // Neither is refused: the name is ours and valid.
    let _ = match step {
        Some(step) => root.set_attribute(SAVED_STEP, &step.to_string()),
        None => root.remove_attribute(SAVED_STEP),
    };
}
