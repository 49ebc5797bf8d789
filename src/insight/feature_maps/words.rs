//! What was found in words.

use super::{ActivationMap, ImageLook};
use crate::format::grouped;

/// Where in the image a map is largest; none where nothing speaks for the class, or everything alike.
pub fn strongest_place(map: &ActivationMap) -> Option<&'static str> {
    let [height, width] = map.size;
    let mut best = (0usize, 0u8);
    for (place, value) in map.bytes.iter().copied().enumerate() {
        if value > best.1 {
            best = (place, value);
        }
    }
    if map.bytes.iter().all(|value| *value == best.1) {
        return None;
    }
    let third = |place: usize, of: usize| (2 * place + 1) * 3 / (2 * of.max(1));
    let (row, column) = (third(best.0 / width.max(1), height), third(best.0 % width.max(1), width));
    const NAMES: [[&str; 3]; 3] = [
        ["in the upper left", "at the top", "in the upper right"],
        ["at the left", "in the middle", "at the right"],
        ["in the lower left", "at the bottom", "in the lower right"],
    ];
    NAMES.get(row).and_then(|names| names.get(column)).copied()
}

/// What the network predicts, what the image shows, and where the evidence for the explained class is; `names` are those of
/// the classes that take part.
pub fn about_prediction(look: &ImageLook, names: &[String]) -> String {
    let name = |class: usize| names.get(class).map_or("another class", String::as_str);
    let Some((predicted, probability)) = look.most_probable(1).first().copied() else { return String::new() };
    let truth = match look.label() {
        Some(label) => format!("it is {}", with_article(name(label))),
        None => "only you know what it is".into(),
    };
    let explained = name(look.question.class.unwrap_or(predicted));
    let evidence = match strongest_place(&look.activation) {
        Some(place) => format!("The evidence for “{explained}” is {place}."),
        None if look.activation.largest > 0.0 => format!("The evidence for “{explained}” is the same everywhere."),
        None => format!("There is no evidence for “{explained}” in the image."),
    };
    let steps = if look.steps_done == 1 { "step" } else { "steps" };
    let share = format!("{:.0}\u{a0}%", probability * 100.0);
    format!("After {} {steps}: predicts {} ({share}); {truth}. {evidence}", grouped(look.steps_done), name(predicted))
}

/// `a cat`, `an automobile`.
fn with_article(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    format!("{article} {name}")
}

/// Which maps are shown.
pub fn about_maps(look: &ImageLook, place: &str) -> String {
    let maps = &look.maps;
    let which = if maps.chosen.len() < maps.channels {
        format!("the {} strongest of {} maps", maps.chosen.len(), grouped(maps.channels))
    } else {
        format!("all {} maps, the strongest first", maps.channels)
    };
    let [height, width] = maps.size;
    format!("{place}: {which}, {height} × {width}, each from its smallest value (black) to its largest (white).")
}
