//! The drawing by keyboard.

use web_sys::KeyboardEvent;

use super::explorer::Explorer;
use crate::ui::drawing_tools::{Edit, edit};

/// Factor of one press.
const CLOSER: f64 = 1.5;

/// Arrow keys move the focus along the network, Home and End to its ends; Enter switches a block's skip connection,
/// O opens it, Delete drops it, Insert adds one behind it; + and − zoom, 0 shows everything, Escape goes one level out.
pub fn key_pressed(explorer: Explorer, event: &KeyboardEvent) {
    let Some(part) = explorer.focused.get_untracked() else { return };
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let place = explorer.place_of(&part).unwrap_or(0);
    let last = explorer.parts.with_untracked(Vec::len).saturating_sub(1);
    match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => explorer.walk_to((place + 1).min(last)),
        "ArrowLeft" | "ArrowUp" => explorer.walk_to(place.saturating_sub(1)),
        "Home" => explorer.walk_to(0),
        "End" => explorer.walk_to(last),
        "Enter" | " " => explorer.switch(&part),
        "o" | "O" => explorer.open(&part),
        "Delete" => edit(explorer.session, Some(&part), Edit::Drop),
        "Insert" => edit(explorer.session, Some(&part), Edit::AddBehind),
        "+" | "=" => explorer.zoom(CLOSER),
        "-" => explorer.zoom(1.0 / CLOSER),
        "0" => explorer.fit(),
        "Escape" => explorer.level_out(),
        _ => return,
    }
    event.prevent_default();
}
