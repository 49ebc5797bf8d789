//! Where on the network the camera is, once there is more of it than the canvas takes.

use wasm_bindgen::JsCast;
use web_sys::PointerEvent;

use super::explorer::Explorer;
use crate::drawing::network::{Drawing, Orientation, Room};
use crate::ui::follow::{keep, keep_attribute, keep_html, listen};
use crate::ui::markup::element;

/// A strip from the image to the scores, with the stages, open blocks and what is seen. Pressing it brings the camera
/// there. Not read aloud: it says nothing that the drawing does not.
pub const HTML: &str = "<div class=drawing-map id=drawing-map aria-hidden=true hidden>\
    <div class=drawing-map-stages id=drawing-map-stages></div><div class=drawing-map-seen id=drawing-map-seen></div></div>";

/// Keeps it.
pub fn start(explorer: Explorer) {
    let room = move || explorer.drawing.with(|drawing| drawing.as_ref().map(Drawing::room));
    keep("drawing-map", "hidden", move || !room().is_some_and(|room| room.is_larger_than_canvas()));
    keep_html("drawing-map-stages", move || explorer.drawing.with(|drawing| drawing.as_ref().map(stages_markup).unwrap_or_default()));
    keep_attribute("drawing-map-seen", "style", move || {
        let [begin, end] = explorer.camera.get()?.span(&room()?).map(|share| 100.0 * share);
        Some(format!("left:{begin:.2}%;width:{:.2}%", end - begin))
    });
    listen("drawing-map", &["pointerdown", "pointermove"], move |event| {
        let (Some(strip), Some(event)) = (element("drawing-map"), event.dyn_ref::<PointerEvent>()) else { return };
        if event.type_() == "pointerdown" {
            event.prevent_default();
            // Refused only for a pointer that has gone.
            let _ = strip.set_pointer_capture(event.pointer_id());
        } else if event.buttons() == 0 {
            return;
        }
        let bounds = strip.get_bounding_client_rect();
        let share = (f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0);
        explorer.steer(|camera, room| camera.centred_at(share, room));
    });
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
