//! The frame of a stage and what is written in it.

use leptos::prelude::*;

use super::part::{label, rectangle};
use crate::graph::StageDrawing;

const FRAME_RADIUS: f64 = 10.0;

pub fn draw_stage(stage: &StageDrawing) -> impl IntoView + use<> {
    // The text alternative says the same in order; read aloud here it would come apart.
    view! {
        <g class="drawing-stage" aria-hidden="true">
            {rectangle(&stage.frame, "drawing-frame", FRAME_RADIUS)}
            {label(&stage.title, "drawing-title")}
            {label(&stage.shape, "drawing-label")}
            {stage.notes.iter().map(|note| label(note, "drawing-small")).collect_view()}
        </g>
    }
}
