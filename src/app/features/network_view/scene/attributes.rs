//! What the drawing's element says of camera and drawing.

use leptos::prelude::*;

use crate::app::features::network_view::explorer::Explorer;
use crate::drawing::network::{Camera, Drawing, Legibility, Orientation, Rectangle, Room};

/// What is seen before the width of the page is known: nothing, in the proportions of the drawing.
const NOT_YET: &str = "0 0 900 232";

/// Attributes of the drawing's element.
pub struct Attributes {
    pub view_box: Memo<String>,
    pub legibility: Memo<&'static str>,
    pub moves: Memo<&'static str>,
    /// How much larger titles are written: they stay readable from afar.
    pub larger: Memo<String>,
    pub max_width: Memo<String>,
    pub trunk: Memo<Option<String>>,
    pub orientation: Memo<&'static str>,
    pub appears: Signal<bool>,
}

impl Attributes {
    /// Follows both.
    pub fn of(explorer: Explorer) -> Self {
        let of_drawing = move |drawing: fn(&Drawing) -> String| explorer.drawing.with(|there| there.as_ref().map(drawing));
        let seen = move || explorer.camera.get().zip(explorer.drawing.with(|drawing| drawing.as_ref().map(Drawing::room)));
        let view_box = Memo::new(move |_| {
            let Some(Camera { view: Rectangle { x, y, width, height } }) = explorer.camera.get() else { return NOT_YET.to_owned() };
            format!("{x:.2} {y:.2} {width:.2} {height:.2}")
        });
        let legibility = Memo::new(move |_| match seen().map(|(camera, room)| camera.legibility(&room)) {
            Some(Legibility::Outlines) => "outlines",
            Some(Legibility::Shapes) => "shapes",
            _ => "texts",
        });
        let moves = Memo::new(move |_| seen().map_or("not", |(camera, room)| moves(&camera, &room)));
        let larger = Memo::new(move |_| {
            let scale = seen().map_or(1.0, |(camera, room)| camera.scale(&room));
            format!("{:.2}", (1.0 / scale).max(1.0))
        });
        let max_width =
            Memo::new(move |_| seen().map_or("none".to_owned(), |(_, room): (Camera, Room)| format!("{:.0}px", room.canvas[0])));
        let trunk = Memo::new(move |_| {
            of_drawing(|drawing| {
                let [from, to] = drawing.trunk;
                format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y)
            })
        });
        let orientation = Memo::new(move |_| {
            let is_narrow = explorer.drawing.with(|drawing| drawing.as_ref().is_some_and(|it| it.orientation == Orientation::Narrow));
            if is_narrow { "narrow" } else { "wide" }
        });
        // Arcs fade in when skip connections are switched on, not at every redraw.
        let has_arcs = Memo::new(move |before: Option<&(bool, bool)>| {
            let has_arcs = explorer.drawing.with(|drawing| drawing.as_ref().is_some_and(Drawing::has_arcs));
            (has_arcs, before.is_some_and(|(had_arcs, _)| has_arcs && !had_arcs))
        });
        let appears = Signal::derive(move || has_arcs.get().1);
        Self { view_box, legibility, moves, larger, max_width, trunk, orientation, appears }
    }
}

/// Which ways a finger or a pointer can move the drawing.
fn moves(camera: &Camera, room: &Room) -> &'static str {
    match (camera.shows_all(room), room.orientation) {
        (true, _) => "not",
        (false, Orientation::Wide) if camera.view.height > room.world[1] - 1.0 => "sideways",
        _ => "freely",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::network::{Detail, LayerGraph, Unfolding, layout_unfolded};
    use crate::spec::{NetworkChoices, ResNetSpec};

    #[test]
    fn a_finger_moves_the_drawing_only_where_there_is_more_to_see() {
        let spec = ResNetSpec::new(NetworkChoices { depth: 164, ..Default::default() }).unwrap();
        let room = |width, detail| layout_unfolded(&spec, &LayerGraph::new(&spec), width, &Unfolding::of(detail)).room();
        let folded = room(900.0, Detail::Stages);
        assert_eq!(moves(&Camera::whole(&folded), &folded), "not", "the page scrolls");
        let unfolded = room(900.0, Detail::Blocks);
        assert_eq!(moves(&Camera::home(&unfolded), &unfolded), "sideways", "the page still scrolls down");
        let narrow = room(320.0, Detail::Blocks);
        assert_eq!(moves(&Camera::home(&narrow), &narrow), "freely", "on a phone the drawing takes the finger");
    }
}
