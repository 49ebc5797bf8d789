//! What was found in words.

use super::{ActivationMap, ImageLook};
use crate::drawing::plot::ValueFormat;
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

/// What the network says, what the image shows, and where the explained class comes from; `names` are those of the
/// classes that take part.
pub fn about_prediction(look: &ImageLook, names: &[String]) -> String {
    let name = |class: usize| names.get(class).map_or("another class", String::as_str);
    let Some((predicted, probability)) = look.most_probable(1).first().copied() else { return String::new() };
    let share = ValueFormat::Percent.value(f64::from(probability));
    let truth = match look.label() {
        Some(label) if label == predicted => "which it is".into(),
        Some(label) => format!("but it is {}", name(label)),
        None => "only you know what it is".into(),
    };
    let explained = name(look.question.class.unwrap_or(predicted));
    let place = match strongest_place(&look.activation) {
        Some(place) => format!("What speaks for {explained} is strongest {place}."),
        None if look.activation.largest > 0.0 => format!("What speaks for {explained} is the same everywhere."),
        None => format!("No place speaks for {explained}."),
    };
    let steps = if look.steps_done == 1 { "step" } else { "steps" };
    format!("After {} {steps} the network says {}, {share}: {truth}. {place}", grouped(look.steps_done), name(predicted))
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
