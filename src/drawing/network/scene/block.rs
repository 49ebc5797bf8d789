//! A block or a bundle: card, bars, arc, plus; or, when open, its single layers.

use super::Names;
use super::pen::{FADED, Pen};
use super::svg_text::{button, label, part, rectangle};
use crate::drawing::network::{Arc, BlockDrawing, LayerDrawing, LayerRole, Legibility, Point, Rectangle, ShownPath};
use crate::drawing::svg_tag::Tag;
use crate::spec::Shortcut;

const CARD_RADIUS: f64 = 9.0;
const LARGEST_BAR_RADIUS: f64 = 5.0;
const PLUS_RADIUS: f64 = 5.5;
const PLUS_ARM: f64 = 2.8;
/// Size of the chip that names a projection's kernel, and how far below its middle the baseline is.
const CHIP: [f64; 2] = [30.0, 17.0];
const CHIP_BASELINE: f64 = 4.0;
/// Font size of labels, in units of the drawing.
const LABEL_SIZE: f64 = 12.0;

/// The block at `place`, its skip connection, and the layers that follow it.
pub fn block_markup(block: &BlockDrawing, place: usize, names: &dyn Names, legibility: Legibility) -> String {
    let mut others = String::new();
    if legibility != Legibility::Outlines {
        others = arc_markup(block, place, &names.arc(place));
        others.extend(block.layers.iter().zip(place + 1..).map(|(layer, at)| {
            let shapes = layer_shapes(Pen::Page, layer, block, place);
            part(at, &names.part(at), "network-layer", &layer.outline, &shapes)
        }));
    }
    let class = if block.is_bundle() { "network-bundle" } else { "" };
    part(place, &names.part(place), class, &reach(block), &block_shapes(Pen::Page, block, place, legibility)) + &others
}

/// The same for paper: nothing in it can be pressed, and everything can be read.
pub fn block_on_paper(pen: Pen<'_>, block: &BlockDrawing, place: usize, names: &dyn Names) -> String {
    let named = |name: String| Tag::new("g").set("role", "img").set("aria-label", name);
    let arc = match pen {
        Pen::Paper(paper) if paper.path == ShownPath::Longest => named(names.arc(place)).set("opacity", FADED),
        _ => named(names.arc(place)),
    };
    let mut markup = named(names.part(place)).holding(&block_shapes(pen, block, place, Legibility::Texts));
    markup += &arc.holding(&arc_shapes(pen, block));
    let layers = block.layers.iter().zip(place + 1..);
    markup.extend(layers.map(|(layer, at)| named(names.part(at)).holding(&layer_shapes(pen, layer, block, place))));
    markup
}

/// Cards, bars and labels of the block at `place`.
pub fn block_shapes(pen: Pen<'_>, block: &BlockDrawing, place: usize, legibility: Legibility) -> String {
    if legibility == Legibility::Outlines {
        return rectangle(pen, &block.outline, "network-bar", 0.0);
    }
    let mut shapes: String = block.deck.iter().map(|card| rectangle(pen, card, "network-card", CARD_RADIUS)).collect();
    shapes += &rectangle(pen, &block.outline, if block.is_open() { "network-card network-open" } else { "network-card" }, CARD_RADIUS);
    let radius = block.bars.iter().map(|bar| bar.width.min(bar.height) / 3.0).fold(LARGEST_BAR_RADIUS, f64::min);
    let has_skip = block.has_skip_connection();
    shapes.extend(block.bars.iter().enumerate().map(|(number, bar)| pen.convolution([place, number], has_skip, bar, radius)));
    shapes.extend(block.kernels.iter().map(|kernel| label(pen, kernel, "network-small")));
    shapes + &label(pen, &block.label, if block.is_bundle() { "network-count" } else { "network-label" })
}

/// Cards and labels, so that a pointer on either is on the block.
fn reach(block: &BlockDrawing) -> Rectangle {
    let labels = block.kernels.iter().chain([&block.label]).map(|label| label.extent(LABEL_SIZE));
    labels.fold(block.extent(), |reach, label| reach.united(&label))
}

/// A layer of `block`, which is at `block_place`.
fn layer_shapes(pen: Pen<'_>, layer: &LayerDrawing, block: &BlockDrawing, block_place: usize) -> String {
    let outline = &layer.outline;
    let round = outline.width.min(outline.height) / 2.0;
    let mut shapes = match layer.role {
        LayerRole::Convolution(number) => pen.convolution([block_place, number], block.has_skip_connection(), outline, 4.0),
        LayerRole::Projection => rectangle(pen, outline, "network-chip network-card", round),
        LayerRole::BatchNorm => rectangle(pen, outline, "network-card of-layer", 2.0),
        LayerRole::Activation => rectangle(pen, outline, "network-card of-layer", round),
        LayerRole::Sum => plus_markup(pen, outline.centre()),
    };
    let class = if layer.role == LayerRole::Projection { "network-chip-text" } else { "network-small" };
    shapes.extend(layer.label.as_ref().map(|text| label(pen, text, class)));
    shapes
}

fn plus_markup(pen: Pen<'_>, Point { x, y }: Point) -> String {
    let sign = format!("M{:.1} {y:.1}h{}M{x:.1} {:.1}v{}", x - PLUS_ARM, 2.0 * PLUS_ARM, y - PLUS_ARM, 2.0 * PLUS_ARM);
    let circle = pen.drawn("circle", "network-plus").at("cx", x).at("cy", y).at("r", PLUS_RADIUS).empty();
    circle + &pen.drawn("path", "network-plus-sign").set("d", sign).empty()
}

/// The skip connection of the block at `place`. Pressed, it is there; where it is not, it is drawn faintly, to be pressed again.
fn arc_markup(block: &BlockDrawing, place: usize, name: &str) -> String {
    let pressed = block.arc.shortcut != Shortcut::Absent;
    let reach = Tag::new("path").set("class", "network-arc-reach").set("d", block.arc.path()).empty();
    let tag = button(place, name, "network-skip").set("data-arc", kind_of(&block.arc)).set("aria-pressed", pressed);
    tag.holding(&(reach + &arc_shapes(Pen::Page, block)))
}

/// The arc of a block with the chip and the plus on it. In an open block, projection and plus are layers by themselves.
pub fn arc_shapes(pen: Pen<'_>, block: &BlockDrawing) -> String {
    let (arc, is_open) = (&block.arc, block.is_open());
    let mut shapes = pen.drawn("path", &format!("network-arc {}", kind_of(arc))).set("d", arc.path()).empty();
    if arc.shortcut == Shortcut::Projection && !is_open {
        let apex = arc.apex();
        let text = pen.drawn("text", "network-chip-text").at("x", apex.x).at("y", apex.y + CHIP_BASELINE);
        shapes += &rectangle(pen, &Rectangle::around(apex, CHIP[0], CHIP[1]), "network-chip", CHIP[1] / 2.0);
        shapes += &text.set("text-anchor", "middle").with_text("1×1");
    }
    if arc.shortcut != Shortcut::Absent && !is_open {
        shapes += &plus_markup(pen, arc.end);
    }
    shapes
}

/// The word for the kind of an arc.
pub fn kind_of(arc: &Arc) -> &'static str {
    match arc.shortcut {
        Shortcut::Identity => "identity",
        Shortcut::Projection => "projection",
        Shortcut::Absent => "absent",
    }
}
