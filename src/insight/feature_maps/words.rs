//! What was found in words.

use super::{ActivationMap, ImageLook};
use crate::language::format::{decimals, grouped};
use crate::language::{marked, text, tr, translated};

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
        [marked!("in the upper left"), marked!("at the top"), marked!("in the upper right")],
        [marked!("at the left"), marked!("in the middle"), marked!("at the right")],
        [marked!("in the lower left"), marked!("at the bottom"), marked!("in the lower right")],
    ];
    NAMES.get(row).and_then(|names| names.get(column)).copied().map(translated)
}

/// What the network predicts, what the image shows, and where the evidence for the explained class is; `names` are those of
/// the classes that take part.
pub fn about_prediction(look: &ImageLook, names: &[String]) -> String {
    let name = |class: usize| names.get(class).map_or(text!("another class"), String::as_str);
    let Some((predicted, probability)) = look.most_probable(1).first().copied() else { return String::new() };
    let truth = match look.label().map(name) {
        Some(class) if wants_an(class) => tr!("it is an {class}", class),
        Some(class) => tr!("it is a {class}", class),
        None => text!("only you know what it is").into(),
    };
    let explained = name(look.question.class.unwrap_or(predicted));
    let evidence = match strongest_place(&look.activation) {
        Some(place) => tr!("The evidence for “{class}” is {place}.", class = explained, place),
        None if look.activation.largest > 0.0 => tr!("The evidence for “{class}” is the same everywhere.", class = explained),
        None => tr!("There is no evidence for “{class}” in the image.", class = explained),
    };
    tr!(
        "After {steps} step: predicts {class} ({share}); {truth}. {evidence}"
            | "After {steps} steps: predicts {class} ({share}); {truth}. {evidence}" % look.steps_done,
        steps = grouped(look.steps_done),
        class = name(predicted),
        share = format!("{}\u{a0}%", decimals(f64::from(probability * 100.0), 0)),
        truth,
        evidence
    )
}

/// `an automobile`, not `a cat`.
fn wants_an(name: &str) -> bool {
    name.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U'])
}

/// Which maps are shown.
pub fn about_maps(look: &ImageLook, place: &str) -> String {
    let maps = &look.maps;
    let [height, width] = maps.size;
    if maps.chosen.len() < maps.channels {
        tr!(
            "{place}: the {chosen} strongest of {maps} maps, {height} × {width}, each from its smallest value (black) to its largest \
             (white).",
            place,
            chosen = maps.chosen.len(),
            maps = grouped(maps.channels),
            height,
            width
        )
    } else {
        tr!(
            "{place}: all {maps} maps, the strongest first, {height} × {width}, each from its smallest value (black) to its largest \
             (white).",
            place,
            maps = maps.channels,
            height,
            width
        )
    }
}
