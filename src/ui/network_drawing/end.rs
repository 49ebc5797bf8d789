//! Image, stem, pool, dense layer and scores.

use leptos::prelude::*;

use super::Pointing;
use super::part::{label, part, rectangle};
use crate::graph::{EndDrawing, NetworkEnd, Rectangle};

const RADIUS: f64 = 6.0;

pub fn draw_end(end: &EndDrawing, place: usize, text: String, pointing: Pointing) -> impl IntoView + use<> {
    let shape = match end.end {
        NetworkEnd::Image => draw_image(&end.outline).into_any(),
        // Nothing is learned in the pool: no bar, only a card.
        NetworkEnd::Pool => rectangle(&end.outline, "drawing-card", RADIUS).into_any(),
        NetworkEnd::Stem | NetworkEnd::Dense | NetworkEnd::Scores => rectangle(&end.outline, "drawing-bar", RADIUS).into_any(),
    };
    let children = view! {
        {shape}
        {label(&end.name, "drawing-label")}
        {label(&end.detail, "drawing-small")}
    };
    part(place, text, end.outline.grown(4.0), pointing, children)
}

/// The glyph of a picture: sun and hills in a frame.
fn draw_image(outline: &Rectangle) -> impl IntoView + use<> {
    let Rectangle { x, y, width, height } = *outline;
    let at = |right: f64, down: f64| format!("{:.1} {:.1}", x + right * width, y + down * height);
    let hills = format!("M{}L{}L{}L{}L{}", at(0.12, 0.82), at(0.38, 0.46), at(0.56, 0.68), at(0.68, 0.54), at(0.88, 0.82));
    view! {
        {rectangle(outline, "drawing-card", RADIUS)}
        <path class="drawing-hills" d=format!("{hills}Z") />
        <circle class="drawing-sun" cx=format!("{:.1}", x + 0.7 * width) cy=format!("{:.1}", y + 0.29 * height) r=format!("{:.1}", 0.1 * width) />
    }
}
