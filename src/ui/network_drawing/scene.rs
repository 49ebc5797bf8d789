//! What is on the page of the drawing: only what the camera sees or soon will.

use std::ops::Range;

use web_sys::Element;

use super::DRAWING;
use super::block::block_markup;
use super::end::end_markup;
use super::explorer::Explorer;
use super::stage::stage_markup;
use crate::drawing::network::{Camera, Drawing, Legibility, NetworkEnd, Orientation, Rectangle, Room};
use crate::ui::browser::document;
use crate::ui::follow::follow as keep_followed;
use crate::ui::markup::element;
use crate::ui::signals::{Kept, Memo};

/// Share of the view that is kept ready on either side of it.
const READY: f64 = 0.35;

/// An end, or a block with its layers: what comes and goes in one piece.
#[derive(Clone, Copy)]
enum Unit {
    /// Place in [`Drawing::ends`].
    End(usize),
    /// Stage, and place in its blocks.
    Block(usize, usize),
}

/// All units along the network.
pub struct Units {
    /// Where each begins and ends along the trunk, and the place of its first part.
    all: Vec<(Unit, [f64; 2], usize)>,
    wide: bool,
}

impl Units {
    pub fn of(drawing: &Drawing) -> Self {
        let wide = drawing.orientation == Orientation::Wide;
        let mut units = Self { all: Vec::new(), wide };
        let is_before = |end: NetworkEnd| matches!(end, NetworkEnd::Image | NetworkEnd::Stem);
        let mut place = 0;
        let ends = |units: &mut Self, place: &mut usize, before: bool| {
            for (index, end) in drawing.ends.iter().enumerate().filter(|(_, end)| is_before(end.end) == before) {
                units.all.push((Unit::End(index), units.along(&end.outline), *place));
                *place += 1;
            }
        };
        ends(&mut units, &mut place, true);
        for (stage, drawn) in drawing.stages.iter().enumerate() {
            for (index, block) in drawn.blocks.iter().enumerate() {
                units.all.push((Unit::Block(stage, index), units.along(&block.whole()), place));
                place += 1 + block.layers.len();
            }
        }
        ends(&mut units, &mut place, false);
        units
    }

    fn along(&self, rectangle: &Rectangle) -> [f64; 2] {
        if self.wide { [rectangle.x, rectangle.right()] } else { [rectangle.y, rectangle.bottom()] }
    }

    /// Those in view or near it.
    fn near(&self, camera: &Camera) -> Range<usize> {
        let [begin, end] = self.along(&camera.view);
        let margin = (end - begin) * READY;
        let first = self.all.partition_point(|(_, [_, ends], _)| *ends < begin - margin);
        first..self.all.partition_point(|(_, [begins, _], _)| *begins <= end + margin).max(first)
    }

    /// Places of the blocks in `range`.
    fn blocks(&self, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let units = self.all.get(range.clone()).unwrap_or_default();
        units.iter().filter(|(unit, ..)| matches!(unit, Unit::Block(..))).map(|(_, _, place)| *place)
    }
}

/// The elements the drawing is shown in.
#[derive(Clone, Copy)]
struct Scene {
    explorer: Explorer,
}

/// `id`s of the groups that hold the stages, and what stands in them.
const STAGES: &str = "drawing-stages";
const PARTS: &str = "drawing-parts";

/// What is on the page at the moment.
struct Shown {
    /// Of the drawing it was made from.
    version: u32,
    units: Units,
    legibility: Legibility,
    range: Range<usize>,
}

thread_local! {
    static SHOWN: Kept<Option<Shown>> = Kept::new(None);
    /// Counts drawings, so that the camera moves without comparing them.
    static VERSION: Memo<u32> = Memo::new(|before: &u32| {
        let explorer = Explorer::begun();
        explorer.drawing.track();
        explorer.spec.track();
        before.wrapping_add(1)
    });
}

/// Keeps the page at what the camera sees, for as long as there is one.
pub fn follow(explorer: Explorer) {
    let version = VERSION.with(|version| *version);
    let scene = Scene { explorer };
    keep_followed(move || {
        let version = version.get();
        let Some(camera) = explorer.camera.get() else { return };
        let (Some(svg), Some(stages), Some(parts)) = (element(DRAWING), element(STAGES), element(PARTS)) else { return };
        explorer.drawing.with_untracked(|drawing| {
            let Some(drawing) = drawing else { return };
            let room = drawing.room();
            scene.aim(&svg, &camera, &room);
            let legibility = camera.legibility(&room);
            SHOWN.with(|shown| *shown).update(|shown| {
                let is_new = shown.as_ref().is_none_or(|shown| shown.version != version);
                if is_new {
                    stages.set_inner_html(&drawing.stages.iter().map(stage_markup).collect::<String>());
                }
                let units = match shown.take_if(|shown| !is_new && shown.legibility == legibility) {
                    Some(before) => {
                        let range = before.units.near(&camera);
                        if range != before.range {
                            scene.slide(&parts, drawing, &before, &range);
                            scene.mark_tab_stop(&parts);
                        }
                        (before.units, range)
                    }
                    None => {
                        let units = Units::of(drawing);
                        let range = units.near(&camera);
                        scene.keep_focus(&parts);
                        parts.set_inner_html(&scene.markup(drawing, &units, &range, legibility));
                        scene.mark_tab_stop(&parts);
                        (units, range)
                    }
                };
                *shown = Some(Shown { version, legibility, units: units.0, range: units.1 });
            });
        });
        explorer.give_focus();
    });
    keep_followed(move || {
        explorer.tab_stop.track();
        if let Some(parts) = element(PARTS) {
            scene.mark_tab_stop(&parts);
        }
    });
}

/// Keeps the colours of what is on the page; `colours` gives those of the bars of the block at a place. Apart from the
/// markup, so that a new measurement moves nothing under the pointer.
pub fn colour(explorer: Explorer, colours: Box<dyn Fn(usize) -> String>) {
    let version = VERSION.with(|version| *version);
    keep_followed(move || {
        version.track();
        explorer.camera.track();
        let Some(parts) = element(PARTS) else { return };
        let style: String = SHOWN.with(|shown| *shown).with(|shown| {
            let Some(shown) = shown else { return String::new() };
            if shown.legibility == Legibility::Outlines { String::new() } else { shown.units.blocks(&shown.range).map(&colours).collect() }
        });
        set(&parts, "style", &style);
    });
}

impl Scene {
    /// Points the picture at what the camera sees.
    fn aim(self, svg: &Element, camera: &Camera, room: &Room) {
        let Rectangle { x, y, width, height } = camera.view;
        set(svg, "viewBox", &format!("{x:.2} {y:.2} {width:.2} {height:.2}"));
        let legibility = match camera.legibility(room) {
            Legibility::Outlines => "outlines",
            Legibility::Shapes => "shapes",
            Legibility::Texts => "texts",
        };
        set(svg, "data-legibility", legibility);
        let moves = match (camera.shows_all(room), room.orientation) {
            (true, _) => "not",
            (false, Orientation::Wide) if camera.view.height > room.world[1] - 1.0 => "sideways",
            _ => "freely",
        };
        set(svg, "data-moves", moves);
        // Titles stay readable from afar.
        let larger = (1.0 / camera.scale(room)).max(1.0);
        set(svg, "style", &format!("--larger:{larger:.2};max-width:{:.0}px", room.canvas[0]));
    }

    fn markup(self, drawing: &Drawing, units: &Units, range: &Range<usize>, legibility: Legibility) -> String {
        let texts = |place: usize| self.explorer.text_at(place);
        let units = units.all.get(range.clone()).unwrap_or_default();
        let of = |(unit, _, place): &(Unit, [f64; 2], usize)| match *unit {
            Unit::End(index) => drawing.ends.get(index).map(|end| end_markup(end, *place, &texts(*place))),
            Unit::Block(stage, index) => drawing
                .stages
                .get(stage)
                .and_then(|stage| stage.blocks.get(index))
                .map(|block| block_markup(block, *place, &texts, legibility)),
        };
        units.iter().filter_map(of).collect()
    }

    /// Takes away what left the view and adds what came into it.
    fn slide(self, parts: &Element, drawing: &Drawing, before: &Shown, range: &Range<usize>) {
        let (old, markup) = (&before.range, |range: &Range<usize>| self.markup(drawing, &before.units, range, before.legibility));
        if range.start >= old.end || range.end <= old.start {
            return parts.set_inner_html(&markup(range));
        }
        for _ in old.start..range.start {
            parts.first_element_child().into_iter().for_each(|gone| gone.remove());
        }
        for _ in range.end..old.end {
            parts.last_element_child().into_iter().for_each(|gone| gone.remove());
        }
        // Refused only by an element that is not in a document.
        let _ = parts.insert_adjacent_html("afterbegin", &markup(&(range.start..old.start.max(range.start))));
        let _ = parts.insert_adjacent_html("beforeend", &markup(&(old.end.min(range.end)..range.end)));
    }

    /// What has the focus gets it again when everything is made anew.
    fn keep_focus(self, parts: &Element) {
        let has_focus = document().active_element().is_some_and(|active| parts.contains(Some(&active)));
        if let Some(part) = self.explorer.focused.get_untracked().filter(|_| has_focus) {
            self.explorer.focus_soon(&part);
        }
    }

    /// The tab key stops at the part that was focused last, or at the first in view.
    fn mark_tab_stop(self, parts: &Element) {
        let find = |selector: &str| parts.query_selector(selector).ok().flatten();
        if let Some(before) = find("[tabindex='0']") {
            set(&before, "tabindex", "-1");
        }
        let wanted = self.explorer.tab_stop.with_untracked(|part| self.explorer.place_of(part.as_ref()?));
        let stop = wanted.and_then(|place| self.explorer.element_at(place)).or_else(|| find("[data-place]"));
        if let Some(stop) = stop {
            set(&stop, "tabindex", "0");
        }
    }
}

fn set(element: &Element, attribute: &str, value: &str) {
    // Writing what stands there already would still make the browser look at it.
    if element.get_attribute(attribute).as_deref() != Some(value) {
        // Attributes of our own have names that are allowed.
        let _ = element.set_attribute(attribute, value);
    }
}
