//! The drawing by keyboard.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::explorer::{Explorer, part_of_block};
use crate::drawing::network::{Drawing, Orientation, Part};

/// Factor of one press.
const CLOSER: f64 = 1.5;

/// Where a key leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Forward,
    Back,
    /// From a block to the arc beside it.
    ToArc,
    /// From an arc to its block.
    FromArc,
    First,
    Last,
}

/// Keys along the network move along it; those across it lead to the arc, which lies above or right of its block, and back.
fn step(key: &str, orientation: Orientation) -> Option<Step> {
    let wide = orientation == Orientation::Wide;
    Some(match key {
        "ArrowRight" if wide => Step::Forward,
        "ArrowLeft" if wide => Step::Back,
        "ArrowUp" if wide => Step::ToArc,
        "ArrowDown" if wide => Step::FromArc,
        "ArrowDown" => Step::Forward,
        "ArrowUp" => Step::Back,
        "ArrowRight" => Step::ToArc,
        "ArrowLeft" => Step::FromArc,
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return None,
    })
}

/// Moves the focus, selects, opens, removes, adds, zooms.
pub fn key_pressed(explorer: Explorer, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let key = event.key();
    let taken = pressed_anywhere(explorer, &key)
        || explorer.keyboard_part().is_some_and(|part| walked(explorer, &key, &part) || pressed_on(explorer, &key, &part));
    if taken {
        event.prevent_default();
    }
}

/// Escape somewhere else in the card, where nothing else heard it: the toolbar closes, or the camera goes one level out.
pub fn escaped(explorer: Explorer, event: &KeyboardEvent) {
    if event.key() == "Escape" && !event.default_prevented() {
        pressed_anywhere(explorer, "Escape");
    }
}

/// Keys of the camera.
fn pressed_anywhere(explorer: Explorer, key: &str) -> bool {
    match key {
        "+" | "=" => explorer.zoom(CLOSER),
        "-" => explorer.zoom(1.0 / CLOSER),
        "0" => explorer.fit(),
        "Escape" if explorer.selected.get_untracked().is_some() => explorer.selected.set(None),
        "Escape" => explorer.level_out(),
        _ => return false,
    }
    true
}

/// Keys that do something with the part that has the focus.
fn pressed_on(explorer: Explorer, key: &str, part: &Part) -> bool {
    match key {
        "Enter" | " " if matches!(part, Part::Arc { .. }) => explorer.switch(part),
        "Enter" | " " => explorer.select_and_enter(part),
        "o" | "O" => explorer.open(part),
        "Delete" => explorer.remove(part),
        "Insert" => {
            if explorer.add_after(part) {
                explorer.focus_soon(part);
            }
        }
        _ => return false,
    }
    true
}

/// Moves the focus from a part to where the key leads, if it leads anywhere.
fn walked(explorer: Explorer, key: &str, part: &Part) -> bool {
    let Some(orientation) = explorer.drawing.with_untracked(|drawing| drawing.as_ref().map(|drawing| drawing.orientation)) else {
        return false;
    };
    let Some(step) = step(key, orientation) else { return false };
    let place = explorer.place_of(part).unwrap_or(0);
    let last = explorer.parts.with_untracked(Vec::len).saturating_sub(1);
    let at = |place: usize| explorer.part_at(place);
    let goal = match (step, part) {
        (Step::Forward | Step::Back, Part::Arc { .. }) => neighbour_arc(explorer, part, step == Step::Forward),
        (Step::Forward, _) => at((place + 1).min(last)),
        (Step::Back, _) => at(place.saturating_sub(1)),
        (Step::ToArc, Part::Arc { .. }) => None,
        (Step::ToArc, _) => explorer.block_of(part).and_then(|block| at(explorer.place_of(&part_of_block(block))?)).and_then(arc_of),
        (Step::FromArc, Part::Arc { .. }) => at(place),
        (Step::FromArc, _) => None,
        (Step::First, _) => at(0),
        (Step::Last, _) => at(last),
    };
    let found = goal.is_some();
    goal.iter().for_each(|goal| explorer.walk_to(goal));
    found
}

fn arc_of(part: Part) -> Option<Part> {
    match part {
        Part::Blocks { stage, blocks } => Some(Part::Arc { stage, blocks }),
        _ => None,
    }
}

/// The next arc along the network, or the one before.
fn neighbour_arc(explorer: Explorer, part: &Part, forward: bool) -> Option<Part> {
    let arcs = |drawing: &Drawing| -> Vec<Part> { drawing.blocks().filter_map(|block| arc_of(block.part())).collect() };
    let arcs = explorer.drawing.with_untracked(|drawing| drawing.as_ref().map(arcs))?;
    let at = arcs.iter().position(|arc| arc == part)?;
    let goal = if forward { at + 1 } else { at.checked_sub(1)? };
    arcs.get(goal).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_along_the_network_walk_and_keys_across_it_reach_the_arc() {
        let wide = ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"].map(|key| step(key, Orientation::Wide));
        let narrow = ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"].map(|key| step(key, Orientation::Narrow));
        assert_eq!(wide, [Step::Forward, Step::Back, Step::ToArc, Step::FromArc].map(Some));
        assert_eq!(narrow, wide, "a phone's drawing runs downwards, with the arcs at its right");
        assert_eq!(step("Home", Orientation::Wide), Some(Step::First));
        assert_eq!(step("x", Orientation::Wide), None);
    }
}
