//! Where on the network the camera is, once there is more of it than is seen.

use leptos::{html, prelude::*};
use web_sys::PointerEvent;

use super::explorer::Explorer;
use crate::drawing::network::{Drawing, Orientation, Rectangle, Room};
use crate::language::text;

/// A stage or an open block on the strip, in percent of its length.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    begin: f64,
    length: f64,
    /// `Stage 1`; nothing for an open block.
    title: Option<String>,
}

/// A strip from the image to the scores, with the stages, open blocks and what is seen. Pressing it brings the camera there.
#[component]
pub fn Minimap(
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    let strip = NodeRef::<html::Div>::new();
    let is_shown = Memo::new(move |_| {
        let room = explorer.drawing.with(|drawing| drawing.as_ref().map(Drawing::room));
        room.zip(explorer.camera.get()).is_some_and(|(room, camera)| room.is_larger_than_canvas() || !camera.shows_all(&room))
    });
    let pieces = Memo::new(move |_| explorer.drawing.with(|drawing| drawing.as_ref().map(pieces).unwrap_or_default()));
    let seen = Memo::new(move |_| {
        let room = explorer.drawing.with(|drawing| drawing.as_ref().map(Drawing::room))?;
        Some(explorer.camera.get()?.span(&room).map(|share| 100.0 * share))
    });
    let bring = move |event: &PointerEvent| {
        let Some(strip) = strip.get_untracked() else { return };
        let bounds = strip.get_bounding_client_rect();
        let share = (f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0);
        explorer.steer(|camera, room| camera.centred_at(share, room));
    };
    let pressed = move |event: PointerEvent| {
        event.prevent_default();
        // Refused only for a pointer that has gone.
        let _ = strip.get_untracked().map(|strip| strip.set_pointer_capture(event.pointer_id()));
        bring(&event);
    };
    let moved = move |event: PointerEvent| {
        if event.buttons() != 0 {
            bring(&event);
        }
    };
    let piece = |Piece { begin, length, title }: Piece| {
        let class = if title.is_some() { "network-map-stage" } else { "network-map-open" };
        view! {
            <span class=class style:left=format!("{begin:.2}%") style:width=format!("{length:.2}%")>
                {title}
            </span>
        }
    };
    let left = move || seen.get().map(|[begin, _]| format!("{begin:.2}%"));
    let width = move || seen.get().map(|[begin, end]| format!("{:.2}%", end - begin));
    view! {
        <Show when=move || is_shown.get()>
            <div
                class="network-map"
                role="img"
                aria-label=text!("Overview of the network")
                title=text!("Press or drag to move along the network")
                node_ref=strip
                on:pointerdown=pressed
                on:pointermove=moved
            >
                {move || pieces.get().into_iter().map(piece).collect_view()}
                <div class="network-map-seen" style:left=left style:width=width></div>
            </div>
        </Show>
    }
}

fn pieces(drawing: &Drawing) -> Vec<Piece> {
    let Room { world, orientation, .. } = drawing.room();
    let is_wide = orientation == Orientation::Wide;
    let piece = |shape: &Rectangle, title: Option<String>| {
        let (begin, length, whole) = if is_wide { (shape.x, shape.width, world[0]) } else { (shape.y, shape.height, world[1]) };
        Piece { begin: 100.0 * begin / whole, length: 100.0 * length / whole, title }
    };
    let stages = drawing.stages.iter().map(|stage| piece(&stage.frame, Some(stage.title.text.clone())));
    let open = drawing.blocks().filter(|block| block.is_open()).map(|block| piece(&block.outline, None));
    stages.chain(open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::network::{LayerGraph, Unfolding, layout_unfolded};
    use crate::spec::{BlockPlace, NetworkChoices, ResNetSpec};

    #[test]
    fn stages_and_open_blocks_lie_on_the_strip_in_order() {
        let spec = ResNetSpec::new(NetworkChoices { depth: 29, ..Default::default() }).unwrap();
        let mut unfolding = Unfolding::default();
        unfolding.turn(BlockPlace { stage: 1, block: 1 });
        for width in [900.0, 300.0] {
            let pieces = pieces(&layout_unfolded(&spec, &LayerGraph::new(&spec), width, &unfolding));
            let stages: Vec<_> = pieces.iter().filter_map(|piece| piece.title.as_deref()).collect();
            assert_eq!(stages, ["Stage 1", "Stage 2", "Stage 3"]);
            assert_eq!(pieces.len(), 4, "and the open block");
            assert!(pieces[3].begin > pieces[1].begin && pieces[3].begin < pieces[2].begin, "in its stage: {pieces:?}");
            assert!(pieces.iter().all(|piece| piece.begin >= 0.0 && piece.begin + piece.length <= 100.0), "{pieces:?}");
        }
    }
}
