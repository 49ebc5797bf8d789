//! The frame of a stage and what is written in it.

use super::pen::Pen;
use super::svg_text::{label, rectangle};
use crate::drawing::network::StageDrawing;

const FRAME_RADIUS: f64 = 10.0;

/// The stage without what can be pointed at.
pub fn stage_shapes(pen: Pen<'_>, stage: &StageDrawing) -> String {
    let frame = rectangle(pen, &stage.frame, "network-frame", FRAME_RADIUS);
    let notes: String = stage.notes.iter().map(|note| label(pen, note, "network-small")).collect();
    let texts = label(pen, &stage.title, "network-title") + &label(pen, &stage.shape, "network-label") + &notes;
    pen.drawn("g", "network-stage").holding(&(frame + &texts))
}
