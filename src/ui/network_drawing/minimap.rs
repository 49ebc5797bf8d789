//! Where on the network the camera is, once there is more of it than the canvas takes.

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::PointerEvent;

use super::explorer::Explorer;
use crate::graph::{Drawing, Orientation, Room};
use crate::ui::shown::{some_text, text, whether};

/// A strip from the image to the scores, with the stages, open blocks and what is seen. Pressing it brings the camera
/// there. Not read aloud: it says nothing that the drawing does not.
#[component]
pub fn Minimap(explorer: Explorer) -> impl IntoView {
    let strip = NodeRef::<Div>::new();
    let room = Memo::new(move |_| explorer.drawing.with(|drawing| drawing.as_ref().map(Drawing::room)));
    let is_large = whether(move || room.get().is_some_and(|room| room.is_larger_than_canvas()));
    let stages = text(move || explorer.drawing.with(|drawing| drawing.as_ref().map(stages_markup).unwrap_or_default()));
    let seen = some_text(move || {
        let [begin, end] = explorer.camera.get()?.span(&room.get()?).map(|share| 100.0 * share);
        Some(format!("left:{begin:.2}%;width:{:.2}%", end - begin))
    });
    let follow = move |event: &PointerEvent| {
        let Some(bounds) = strip.get_untracked().map(|strip| strip.get_bounding_client_rect()) else { return };
        let share = (f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0);
        explorer.steer(|camera, room| camera.centred_at(share, room));
    };
    let pressed = move |event: PointerEvent| {
        event.prevent_default();
        // Refused only for a pointer that has gone.
        let _ = strip.get_untracked().map(|strip| strip.set_pointer_capture(event.pointer_id()));
        follow(&event);
    };
    let moved = move |event: PointerEvent| {
        if event.buttons() > 0 {
            follow(&event);
        }
    };
    view! {
        <div class="drawing-map" aria-hidden="true" hidden=move || !is_large.get() node_ref=strip on:pointerdown=pressed on:pointermove=moved>
            <div class="drawing-map-stages" inner_html=stages></div>
            <div class="drawing-map-seen" style=seen></div>
        </div>
    }
}

fn stages_markup(drawing: &Drawing) -> String {
    let Room { world, orientation, .. } = drawing.room();
    let piece = |class: &str, begin: f64, length: f64, text: &str| {
        let whole = if orientation == Orientation::Wide { world[0] } else { world[1] };
        format!("<i class={class} style=\"left:{:.2}%;width:{:.2}%\">{text}</i>", 100.0 * begin / whole, 100.0 * length / whole)
    };
    let along = |x: f64, y: f64| if orientation == Orientation::Wide { x } else { y };
    let stages = drawing.stages.iter().map(|stage| {
        let frame = &stage.frame;
        piece("map-stage", along(frame.x, frame.y), along(frame.width, frame.height), &stage.title.text)
    });
    let open = drawing.blocks().filter(|block| block.is_open()).map(|block| {
        let card = &block.outline;
        piece("map-open", along(card.x, card.y), along(card.width, card.height), "")
    });
    stages.chain(open).collect()
}
