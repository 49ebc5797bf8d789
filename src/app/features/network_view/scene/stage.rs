//! The frame of a stage.

use leptos::prelude::*;

use crate::app::features::network_view::explorer::Explorer;
use crate::drawing::network::{Label, StageDrawing};

const FRAME_RADIUS: f64 = 10.0;

/// The frame of a stage and what is written in it. Not read aloud: the text alternative says the same in order.
#[component]
pub fn Stage(
    /// The stage.
    stage: StageDrawing,
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    let StageDrawing { index, frame, title, shape, notes, .. } = stage;
    let text = |Label { text, at, anchor }: Label, class: &'static str| {
        view! {
            <text class=class x=format!("{:.1}", at.x) y=format!("{:.1}", at.y) text-anchor=anchor.word()>
                {text}
            </text>
        }
    };
    view! {
        <g class="network-stage" on:dblclick=move |_| explorer.fit_stage(index)>
            <rect
                class="network-frame"
                x=format!("{:.1}", frame.x)
                y=format!("{:.1}", frame.y)
                width=format!("{:.1}", frame.width)
                height=format!("{:.1}", frame.height)
                rx=FRAME_RADIUS.to_string()
            />
            {text(title, "network-title")}
            {text(shape, "network-label")}
            {notes.into_iter().map(|note| text(note, "network-small")).collect_view()}
        </g>
    }
}
