//! Image, stem, pool, dense layer and scores.

use super::svg::{label, part, rectangle};
use crate::drawing::network::{EndDrawing, NetworkEnd, Rectangle};

const RADIUS: f64 = 6.0;

/// The end at `place`, which says `text`.
pub fn end_markup(end: &EndDrawing, place: usize, text: &str) -> String {
    let shape = match end.end {
        NetworkEnd::Image => image_markup(&end.outline),
        // Nothing is learned in the pool: no bar, only a card.
        NetworkEnd::Pool => rectangle(&end.outline, "drawing-card", RADIUS),
        NetworkEnd::Stem | NetworkEnd::Dense | NetworkEnd::Scores => rectangle(&end.outline, "drawing-bar", RADIUS),
    };
    let children = shape + &label(&end.name, "drawing-label") + &label(&end.detail, "drawing-small");
    format!("<g>{}</g>", part(place, text, "", &end.outline.grown(4.0), &children))
}

/// The glyph of a picture: sun and hills in a frame.
fn image_markup(outline: &Rectangle) -> String {
    let Rectangle { x, y, width, height } = *outline;
    let at = |right: f64, down: f64| format!("{:.1} {:.1}", x + right * width, y + down * height);
    let hills = format!("M{}L{}L{}L{}L{}Z", at(0.12, 0.82), at(0.38, 0.46), at(0.56, 0.68), at(0.68, 0.54), at(0.88, 0.82));
    let sun = at(0.7, 0.29);
    let (right, down) = sun.split_once(' ').unwrap_or_default();
    format!(
        "{}<path class=\"drawing-hills\" d=\"{hills}\"/><circle class=\"drawing-sun\" cx=\"{right}\" cy=\"{down}\" r=\"{:.1}\"/>",
        rectangle(outline, "drawing-card", RADIUS),
        0.1 * width
    )
}
