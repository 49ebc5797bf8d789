//! Pieces of SVG as text: a block of the drawing is put on the page in one go, and hundreds pass by while it moves.
//!
//! All texts are our own; none holds a character that markup would take for its own.

use crate::drawing::network::{Label, Rectangle};

/// A rectangle with its corners rounded by `radius` pixels.
pub fn rectangle(shape: &Rectangle, class: &str, radius: f64) -> String {
    let Rectangle { x, y, width, height } = *shape;
    format!("<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius:.1}\"/>")
}

/// A line of text.
pub fn label(label: &Label, class: &str) -> String {
    let (x, y) = (label.at.x, label.at.y);
    format!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{}\">{}</text>", label.anchor.word(), label.text)
}

/// What can be pointed at, focused and read aloud: the part at `place` that says `text`. A pointer counts as on it
/// within `reach`.
pub fn part(place: usize, text: &str, class: &str, reach: &Rectangle, children: &str) -> String {
    let reach = rectangle(reach, "drawing-reach", 0.0);
    format!(
        "<g class=\"drawing-part {class}\" role=\"img\" aria-label=\"{text}\" data-place=\"{place}\" tabindex=\"-1\">{reach}{children}</g>"
    )
}
