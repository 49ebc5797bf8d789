//! A block or a bundle: card, bars, arc, plus; or, when open, its single layers.

use super::Names;
use super::svg_text::{Tag, button, label, part, rectangle};
use crate::drawing::network::{Arc, BlockDrawing, LayerDrawing, LayerRole, Legibility, Point, Rectangle};
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
        others.extend(block.layers.iter().zip(place + 1..).map(|(layer, at)| layer_markup(layer, at, place, &names.part(at))));
    }
    let class = if block.is_bundle() { "network-bundle" } else { "" };
    part(place, &names.part(place), class, &reach(block), &block_shapes(block, place, legibility)) + &others
}

/// Cards, bars and labels of the block at `place`.
pub fn block_shapes(block: &BlockDrawing, place: usize, legibility: Legibility) -> String {
    if legibility == Legibility::Outlines {
        return rectangle(&block.outline, "network-bar", 0.0);
    }
    let mut shapes: String = block.deck.iter().map(|card| rectangle(card, "network-card", CARD_RADIUS)).collect();
    shapes += &rectangle(&block.outline, if block.is_open() { "network-card network-open" } else { "network-card" }, CARD_RADIUS);
    let radius = block.bars.iter().map(|bar| bar.width.min(bar.height) / 3.0).fold(LARGEST_BAR_RADIUS, f64::min);
    shapes.extend(block.bars.iter().enumerate().map(|(convolution, bar)| convolution_markup(bar, radius, place, convolution)));
    shapes.extend(block.kernels.iter().map(|kernel| label(kernel, "network-small")));
    shapes + &label(&block.label, if block.is_bundle() { "network-count" } else { "network-label" })
}

/// Cards and labels, so that a pointer on either is on the block.
fn reach(block: &BlockDrawing) -> Rectangle {
    let labels = block.kernels.iter().chain([&block.label]).map(|label| label.extent(LABEL_SIZE));
    labels.fold(block.extent(), |reach, label| reach.united(&label))
}

/// A convolution of the block at `place`. Whoever sets `--g{place}-{convolution}` colours it by its gradient.
fn convolution_markup(bar: &Rectangle, radius: f64, place: usize, convolution: usize) -> String {
    let branch = Tag::new("g").set("class", "network-branch").set("style", format!("--gradient:var(--g{place}-{convolution})"));
    branch.holding(&rectangle(bar, "network-bar", radius))
}

/// A layer of the block at `block_place`.
fn layer_markup(layer: &LayerDrawing, place: usize, block_place: usize, name: &str) -> String {
    let outline = &layer.outline;
    let round = outline.width.min(outline.height) / 2.0;
    let mut children = match layer.role {
        LayerRole::Convolution(convolution) => convolution_markup(outline, 4.0, block_place, convolution),
        LayerRole::Projection => rectangle(outline, "network-chip network-card", round),
        LayerRole::BatchNorm => rectangle(outline, "network-card", 2.0),
        LayerRole::Activation => rectangle(outline, "network-card", round),
        LayerRole::Sum => plus_markup(outline.centre()),
    };
    let class = if layer.role == LayerRole::Projection { "network-chip-text" } else { "network-small" };
    children.extend(layer.label.as_ref().map(|text| label(text, class)));
    part(place, name, "network-layer", outline, &children)
}

fn plus_markup(Point { x, y }: Point) -> String {
    let sign = format!("M{:.1} {y:.1}h{}M{x:.1} {:.1}v{}", x - PLUS_ARM, 2.0 * PLUS_ARM, y - PLUS_ARM, 2.0 * PLUS_ARM);
    let circle = Tag::new("circle").set("class", "network-plus").at("cx", x).at("cy", y).at("r", PLUS_RADIUS).empty();
    circle + &Tag::new("path").set("class", "network-plus-sign").set("d", sign).empty()
}

/// The skip connection of the block at `place`. Pressed, it is there; where it is not, it is drawn faintly, to be pressed again.
fn arc_markup(block: &BlockDrawing, place: usize, name: &str) -> String {
    let pressed = block.arc.shortcut != Shortcut::Absent;
    let reach = Tag::new("path").set("class", "network-arc-reach").set("d", block.arc.path()).empty();
    let tag = button(place, name, "network-skip").set("data-arc", kind_of(&block.arc)).set("aria-pressed", pressed);
    tag.holding(&(reach + &arc_shapes(block)))
}

/// The arc of a block with the chip and the plus on it. In an open block, projection and plus are layers by themselves.
pub fn arc_shapes(block: &BlockDrawing) -> String {
    let (arc, is_open) = (&block.arc, block.is_open());
    let mut shapes = Tag::new("path").set("class", format!("network-arc {}", kind_of(arc))).set("d", arc.path()).empty();
    if arc.shortcut == Shortcut::Projection && !is_open {
        let apex = arc.apex();
        let text = Tag::new("text").set("class", "network-chip-text").at("x", apex.x).at("y", apex.y + CHIP_BASELINE);
        shapes += &rectangle(&Rectangle::around(apex, CHIP[0], CHIP[1]), "network-chip", CHIP[1] / 2.0);
        shapes += &text.set("text-anchor", "middle").with_text("1×1");
    }
    if arc.shortcut != Shortcut::Absent && !is_open {
        shapes += &plus_markup(arc.end);
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
