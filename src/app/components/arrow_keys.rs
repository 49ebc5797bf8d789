//! Arrow keys that lead from button to button.

use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Moves the focus along the buttons in an element: arrow keys go round, Home and End lead to the first and the last.
pub fn walk_buttons(inside: &Element, event: &KeyboardEvent) {
    let buttons = buttons(inside);
    let focused = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let place = focused.and_then(|focused| buttons.iter().position(|button| *button == focused));
    let Some(goal) = goal(&event.key(), place, buttons.len()) else { return };
    event.prevent_default();
    // A button in the document takes the focus.
    let _ = buttons[goal].focus();
}

/// Gives the focus to the first button in an element.
pub fn focus_first_button(inside: &Element) {
    if let Some(button) = buttons(inside).first() {
        // A button in the document takes the focus.
        let _ = button.focus();
    }
}

fn buttons(inside: &Element) -> Vec<HtmlElement> {
    // The selector is valid.
    let Ok(found) = inside.query_selector_all("button") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// Place of the button that a key leads to from the one at `place`, of `count`.
fn goal(key: &str, place: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" | "ArrowDown" => Some(place.map_or(0, |place| (place + 1) % count)),
        "ArrowLeft" | "ArrowUp" => Some(place.map_or(last, |place| (place + last) % count)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::goal;

    #[test]
    fn arrow_keys_go_round() {
        assert_eq!(
            ["ArrowRight", "ArrowLeft", "Home", "End", "x"].map(|key| goal(key, Some(3), 4)),
            [Some(0), Some(2), Some(0), Some(3), None]
        );
        assert_eq!(["ArrowDown", "ArrowUp"].map(|key| goal(key, None, 4)), [Some(0), Some(3)], "from elsewhere to the first, or the last");
        assert_eq!(goal("ArrowDown", None, 0), None, "there is none");
    }
}
