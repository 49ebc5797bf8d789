//! Image, stem, pool, dense layer and scores.

use super::pen::Pen;
use super::svg_text::{label, part, rectangle};
use crate::drawing::network::{EndDrawing, NetworkEnd, Rectangle};

const RADIUS: f64 = 6.0;
/// Font size of labels, in units of the drawing.
const LABEL_SIZE: f64 = 12.0;

/// The end at `place`, called `name`.
pub fn end_markup(end: &EndDrawing, place: usize, name: &str) -> String {
    let labels = [&end.name, &end.detail].map(|label| label.extent(LABEL_SIZE));
    let reach = labels.iter().fold(end.outline.grown(4.0), |reach, label| reach.united(label));
    part(place, name, "", &reach, &end_shapes(Pen::Page, end))
}

/// Shape and labels of an end.
pub fn end_shapes(pen: Pen<'_>, end: &EndDrawing) -> String {
    let shape = match end.end {
        NetworkEnd::Image => image_markup(pen, &end.outline),
        // Nothing is learned in the pool: no bar, only a card.
        NetworkEnd::Pool => rectangle(pen, &end.outline, "network-card", RADIUS),
        NetworkEnd::Stem | NetworkEnd::Dense | NetworkEnd::Scores => rectangle(pen, &end.outline, "network-bar", RADIUS),
    };
    shape + &label(pen, &end.name, "network-label") + &label(pen, &end.detail, "network-small")
}

/// The glyph of a picture: sun and hills in a frame.
fn image_markup(pen: Pen<'_>, outline: &Rectangle) -> String {
    let Rectangle { x, y, width, height } = *outline;
    let at = |right: f64, down: f64| format!("{:.1} {:.1}", x + right * width, y + down * height);
    let hills = format!("M{}L{}L{}L{}L{}Z", at(0.12, 0.82), at(0.38, 0.46), at(0.56, 0.68), at(0.68, 0.54), at(0.88, 0.82));
    let sun = pen.drawn("circle", "network-sun").at("cx", x + 0.7 * width).at("cy", y + 0.29 * height).at("r", 0.1 * width);
    rectangle(pen, outline, "network-card", RADIUS) + &pen.drawn("path", "network-hills").set("d", hills).empty() + &sun.empty()
}
