//! What of the drawing is on the page: only what the camera sees or soon will.

use std::ops::Range;

use super::Names;
use super::block::{arc_shapes, block_markup, block_on_paper, block_shapes};
use super::end::{end_markup, end_shapes};
use super::pen::Pen;
use crate::drawing::network::{Camera, Drawing, Legibility, NetworkEnd, Orientation, Rectangle};
use crate::drawing::svg_tag::Tag;

/// Share of the view that is kept ready on either side of it.
const READY: f64 = 0.35;

/// An end, or a block with its arc and layers: what comes and goes in one piece.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    /// Place in [`Drawing::ends`].
    End(usize),
    /// Stage, and place in its blocks.
    Block(usize, usize),
}

/// Where a unit begins and ends along the trunk, and the place of its first part.
#[derive(Debug, Clone, Copy, PartialEq)]
struct PlacedUnit {
    unit: Unit,
    along: [f64; 2],
    place: usize,
}

/// All units along the network.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Units {
    all: Vec<PlacedUnit>,
    is_wide: bool,
}

impl Units {
    /// Of a drawing.
    pub fn of(drawing: &Drawing) -> Self {
        let mut units = Self { all: Vec::new(), is_wide: drawing.orientation == Orientation::Wide };
        let is_before = |end: NetworkEnd| matches!(end, NetworkEnd::Image | NetworkEnd::Stem);
        let mut place = 0;
        let ends = |units: &mut Self, place: &mut usize, before: bool| {
            for (index, end) in drawing.ends.iter().enumerate().filter(|(_, end)| is_before(end.end) == before) {
                units.add(Unit::End(index), &end.outline, *place);
                *place += 1;
            }
        };
        ends(&mut units, &mut place, true);
        for (stage, drawn) in drawing.stages.iter().enumerate() {
            for (index, block) in drawn.blocks.iter().enumerate() {
                units.add(Unit::Block(stage, index), &block.whole(), place);
                place += 1 + block.layers.len();
            }
        }
        ends(&mut units, &mut place, false);
        units
    }

    fn add(&mut self, unit: Unit, rectangle: &Rectangle, place: usize) {
        self.all.push(PlacedUnit { unit, along: self.along(rectangle), place });
    }

    fn along(&self, rectangle: &Rectangle) -> [f64; 2] {
        if self.is_wide { [rectangle.x, rectangle.right()] } else { [rectangle.y, rectangle.bottom()] }
    }

    /// Those in view or near it.
    pub fn near(&self, camera: &Camera) -> Range<usize> {
        let [begin, end] = self.along(&camera.view);
        self.between(begin, end, (end - begin) * READY)
    }

    /// Those in view, or partly.
    pub fn within(&self, view: &Rectangle) -> Range<usize> {
        let [begin, end] = self.along(view);
        self.between(begin, end, 0.0)
    }

    fn between(&self, begin: f64, end: f64, margin: f64) -> Range<usize> {
        let first = self.all.partition_point(|unit| unit.along[1] < begin - margin);
        first..self.all.partition_point(|unit| unit.along[0] <= end + margin).max(first)
    }

    /// Places of the blocks among the units of `range`.
    pub fn blocks(&self, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let units = self.all.get(range.clone()).unwrap_or_default();
        units.iter().filter(|unit| matches!(unit.unit, Unit::Block(..))).map(|unit| unit.place)
    }

    /// The unit at `index` as SVG; empty for one that is not there.
    pub fn markup(&self, index: usize, drawing: &Drawing, names: &dyn Names, legibility: Legibility) -> String {
        let Some(PlacedUnit { unit, place, .. }) = self.all.get(index).copied() else { return String::new() };
        let markup = match unit {
            Unit::End(index) => drawing.ends.get(index).map(|end| end_markup(end, place, &names.part(place))),
            Unit::Block(stage, index) => {
                let block = drawing.stages.get(stage).and_then(|stage| stage.blocks.get(index));
                block.map(|block| block_markup(block, place, names, legibility))
            }
        };
        markup.unwrap_or_default()
    }

    /// The unit at `index` for paper: named, and nothing in it can be pressed.
    pub fn on_paper(&self, pen: Pen<'_>, index: usize, drawing: &Drawing, names: &dyn Names) -> String {
        let Some(PlacedUnit { unit, place, .. }) = self.all.get(index).copied() else { return String::new() };
        let end = |end| Tag::new("g").set("role", "img").set("aria-label", names.part(place)).holding(&end_shapes(pen, end));
        let markup = match unit {
            Unit::End(index) => drawing.ends.get(index).map(end),
            Unit::Block(stage, index) => {
                let block = drawing.stages.get(stage).and_then(|stage| stage.blocks.get(index));
                block.map(|block| block_on_paper(pen, block, place, names))
            }
        };
        markup.unwrap_or_default()
    }

    /// All units as shapes alone, in forward order.
    pub fn shapes(&self, drawing: &Drawing) -> Vec<String> {
        let shapes = |unit: &PlacedUnit| match unit.unit {
            Unit::End(index) => drawing.ends.get(index).map(|end| end_shapes(Pen::Page, end)),
            Unit::Block(stage, index) => {
                let block = drawing.stages.get(stage)?.blocks.get(index)?;
                Some(block_shapes(Pen::Page, block, unit.place, Legibility::Texts) + &arc_shapes(Pen::Page, block))
            }
        };
        self.all.iter().filter_map(shapes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::network::{Detail, LayerGraph, Unfolding, layout_unfolded};
    use crate::spec::{NetworkChoices, ResNetSpec};

    /// Names that would be markup if they were not escaped.
    struct Evil;

    impl Names for Evil {
        fn part(&self, place: usize) -> String {
            format!("<b>\"{place}\"</b>")
        }

        fn arc(&self, place: usize) -> String {
            format!("arc & {place}")
        }
    }

    fn drawn(depth: usize, detail: Detail) -> Drawing {
        let spec = ResNetSpec::new(NetworkChoices { depth, ..Default::default() }).unwrap();
        layout_unfolded(&spec, &LayerGraph::new(&spec), 900.0, &Unfolding::of(detail))
    }

    #[test]
    fn places_count_on_as_the_parts_of_the_drawing_do() {
        let drawing = drawn(29, Detail::Layers);
        let units = Units::of(&drawing);
        let markup: String = (0..units.all.len()).map(|index| units.markup(index, &drawing, &Evil, Legibility::Texts)).collect();
        let parts = markup.matches("network-part").count();
        assert_eq!(parts, drawing.parts().len(), "one element for each part");
        assert_eq!(markup.matches("data-arc").count(), 9, "and an arc for each block");
        assert!(markup.contains(&format!("data-place=\"{}\"", parts - 1)), "to the last place");
        assert!(!markup.contains("<b>"), "names are escaped");
    }

    #[test]
    fn only_what_is_near_the_camera_is_written() {
        let drawing = drawn(1001, Detail::Blocks);
        let units = Units::of(&drawing);
        let room = drawing.room();
        let near = units.near(&Camera::home(&room));
        assert!(near.start == 0 && near.len() < 40, "the beginning: {near:?} of {}", units.all.len());
        assert_eq!(units.near(&Camera::whole(&room)), 0..units.all.len(), "all of it from afar");
        assert!(units.blocks(&near).all(|place| place > 1), "image and stem are no blocks");
    }

    #[test]
    fn from_afar_only_outlines_are_written() {
        let drawing = drawn(29, Detail::Stages);
        let units = Units::of(&drawing);
        let written = units.markup(2, &drawing, &Evil, Legibility::Outlines);
        assert!(!written.contains("data-arc") && !written.contains("<text"), "{written}");
        assert!(units.markup(2, &drawing, &Evil, Legibility::Texts).contains("aria-pressed=\"true\""), "near by, the arc can be pressed");
    }
}
