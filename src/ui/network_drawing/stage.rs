//! The frame of a stage and what is written in it.

use super::svg::{label, rectangle};
use crate::drawing::network::StageDrawing;

const FRAME_RADIUS: f64 = 10.0;

/// Not read aloud: the text alternative says the same in order.
pub fn stage_markup(stage: &StageDrawing) -> String {
    let notes: String = stage.notes.iter().map(|note| label(note, "drawing-small")).collect();
    format!(
        "<g class=\"drawing-stage\" data-stage=\"{}\" aria-hidden=\"true\">{}{}{}{notes}</g>",
        stage.index,
        rectangle(&stage.frame, "drawing-frame", FRAME_RADIUS),
        label(&stage.title, "drawing-title"),
        label(&stage.shape, "drawing-label"),
    )
}
