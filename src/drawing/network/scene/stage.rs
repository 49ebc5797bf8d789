//! The frame of a stage and what is written in it.

use super::svg_text::{Tag, label, rectangle};
use crate::drawing::network::StageDrawing;

const FRAME_RADIUS: f64 = 10.0;

/// The stage without what can be pointed at.
pub fn stage_shapes(stage: &StageDrawing) -> String {
    let frame = rectangle(&stage.frame, "network-frame", FRAME_RADIUS);
    let notes: String = stage.notes.iter().map(|note| label(note, "network-small")).collect();
    let texts = label(&stage.title, "network-title") + &label(&stage.shape, "network-label") + &notes;
    Tag::new("g").set("class", "network-stage").holding(&(frame + &texts))
}
