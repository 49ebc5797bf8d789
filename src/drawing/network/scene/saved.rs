//! The drawing as a file: a picture that is right wherever it is opened.

use super::pen::{Paper, Pen};
use super::stage::stage_shapes;
use super::still::trunk;
use super::{Names, Units};
use crate::drawing::network::{Camera, Drawing, Label, Rectangle};
use crate::drawing::standalone::standalone;

/// Around everything that is drawn, in units of the drawing.
const MARGIN: f64 = 10.0;
/// Font sizes of texts and titles in units of the drawing, with a little more for fonts that are wider than the page's.
const TEXT_SIZE: f64 = 13.0;
const TITLE_SIZE: f64 = 15.0;

/// What the camera sees as SVG, named `title`, with all texts: where they are too small to read on the page, the file is larger.
///
/// Where the camera sees an end of the drawing, there is a margin around all that stands there.
pub fn saved(drawing: &Drawing, camera: &Camera, title: &str, names: &dyn Names, paper: &Paper<'_>) -> String {
    let (view, markup) = on_paper(drawing, camera, names, paper);
    standalone(&view, camera.scale(&drawing.room()).max(1.0), title, paper.palette, &markup)
}

/// What the camera sees as shapes and texts, and the room that they take.
pub(super) fn on_paper(drawing: &Drawing, camera: &Camera, names: &dyn Names, paper: &Paper<'_>) -> (Rectangle, String) {
    let pen = Pen::Paper(paper);
    let view = seen(drawing, &camera.view);
    let units = Units::of(drawing);
    let mut markup: Vec<String> =
        drawing.stages.iter().filter(|stage| stage.frame.overlaps(&view)).map(|it| stage_shapes(pen, it)).collect();
    markup.push(trunk(pen, drawing));
    markup.extend(units.within(&view).map(|index| units.on_paper(pen, index, drawing, names)));
    (view, markup.join("\n"))
}

/// What of the drawing is on the picture: nothing is cut off at its ends, and there is no empty room behind them.
fn seen(drawing: &Drawing, view: &Rectangle) -> Rectangle {
    let all = extent(drawing).grown(MARGIN);
    let room = drawing.room().all();
    let (left, top) = (if view.x < room.x + 0.5 { all.x } else { view.x }, if view.y < room.y + 0.5 { all.y } else { view.y });
    let right = if view.right() > room.right() - 0.5 { all.right() } else { view.right() };
    let bottom = if view.bottom() > room.bottom() - 0.5 { all.bottom() } else { view.bottom() };
    Rectangle { x: left, y: top, width: right - left, height: bottom - top }
}

/// Everything that is drawn, with its texts.
fn extent(drawing: &Drawing) -> Rectangle {
    let text = |label: &Label| label.extent(TEXT_SIZE);
    let ends = drawing.ends.iter().flat_map(|end| [end.outline, text(&end.name), text(&end.detail)]);
    let stages = drawing.stages.iter().flat_map(|stage| {
        let texts = stage.notes.iter().chain([&stage.shape]).map(text);
        texts.chain([stage.frame, stage.title.extent(TITLE_SIZE)]).collect::<Vec<_>>()
    });
    let blocks =
        drawing.blocks().flat_map(|block| block.kernels.iter().map(text).chain([block.whole(), text(&block.label)]).collect::<Vec<_>>());
    let pieces = ends.chain(stages).chain(blocks);
    pieces.reduce(|extent, piece| extent.united(&piece)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::network::{Detail, LayerGraph, ShownPath, Unfolding, layout_unfolded};
    use crate::drawing::palette::Palette;
    use crate::spec::{NetworkChoices, ResNetSpec};

    struct Places;

    impl Names for Places {
        fn part(&self, place: usize) -> String {
            format!("part {place}")
        }

        fn arc(&self, place: usize) -> String {
            format!("arc {place}")
        }
    }

    fn drawn(depth: usize, width: f64, detail: Detail) -> Drawing {
        let spec = ResNetSpec::new(NetworkChoices { depth, ..Default::default() }).unwrap();
        layout_unfolded(&spec, &LayerGraph::new(&spec), width, &Unfolding::of(detail))
    }

    fn paper(palette: &Palette, path: ShownPath) -> Paper<'_> {
        Paper { palette, path, gradient: &|place, number| (place == 2).then_some(number as f64 / 2.0) }
    }

    fn whole(drawing: &Drawing, path: ShownPath) -> String {
        saved(drawing, &Camera::whole(&drawing.room()), "ResNet", &Places, &paper(&Palette::LIGHT, path))
    }

    #[test]
    fn a_saved_drawing_needs_nothing_of_the_page() {
        for detail in [Detail::Stages, Detail::Blocks, Detail::Layers] {
            let file = whole(&drawn(29, 900.0, detail), ShownPath::None);
            for needed in ["class=", "style=", "var(", "currentColor", "foreignObject", "<style", "data-", "tabindex", "role=\"button\""] {
                assert!(!file.contains(needed), "{needed}");
            }
            assert!(file.contains("aria-label=\"arc 2\"") && file.contains("<title>ResNet</title>"), "it can be read aloud");
        }
    }

    #[test]
    fn gradients_colour_their_convolutions() {
        let file = whole(&drawn(29, 900.0, Detail::Stages), ShownPath::None);
        for place in [0.0, 0.5, 1.0] {
            assert_eq!(file.matches(&Palette::LIGHT.gradient(place)).count(), 1, "at {place}");
        }
    }

    #[test]
    fn a_path_fades_what_it_leaves_out() {
        let drawing = drawn(20, 900.0, Detail::Stages);
        let count = |path, needle: &str| whole(&drawing, path).matches(needle).count();
        assert_eq!(count(ShownPath::None, "opacity"), 0);
        assert_eq!(count(ShownPath::Longest, "opacity=\"0.2\""), 6, "every skip connection");
        assert_eq!(count(ShownPath::Shortest, "opacity=\"0.2\""), 18, "three convolutions of each block");
    }

    #[test]
    fn what_the_camera_does_not_see_is_not_in_the_file() {
        let drawing = drawn(164, 900.0, Detail::Blocks);
        let file = saved(&drawing, &Camera::home(&drawing.room()), "ResNet", &Places, &paper(&Palette::DARK, ShownPath::None));
        assert!(!file.contains("Stage 3") && file.contains("Stage 1"), "the beginning alone");
        let whole = whole(&drawing, ShownPath::None);
        assert_eq!(whole.matches("aria-label=\"arc ").count(), 54, "and from afar all of it");
        assert!(whole.contains("1×1"), "with the texts that are too small on the page");
    }
}
