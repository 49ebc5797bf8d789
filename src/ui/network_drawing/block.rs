//! A block or a bundle: card, bars, arc, plus; or, when open, its single layers.

use super::svg::{label, part, rectangle};
use crate::drawing::network::{Arc, BlockDrawing, LayerDrawing, LayerRole, Legibility, Point, Rectangle};
use crate::spec::Shortcut;

const CARD_RADIUS: f64 = 9.0;
const LARGEST_BAR_RADIUS: f64 = 5.0;
const PLUS_RADIUS: f64 = 5.5;
const PLUS_ARM: f64 = 2.8;
/// Size of the chip that names a projection's kernel.
const CHIP: [f64; 2] = [27.0, 15.0];

/// The block at `place` and the layers that follow it; `texts` says what each of them is.
pub fn block_markup(block: &BlockDrawing, place: usize, texts: &dyn Fn(usize) -> String, legibility: Legibility) -> String {
    let mut children: String = block.deck.iter().map(|card| rectangle(card, "drawing-card", CARD_RADIUS)).collect();
    let mut layers = String::new();
    if legibility == Legibility::Outlines {
        children = rectangle(&block.outline, "drawing-bar", 0.0);
    } else {
        children += &rectangle(&block.outline, if block.is_open() { "drawing-card drawing-open" } else { "drawing-card" }, CARD_RADIUS);
        let radius = block.bars.iter().map(|bar| bar.width.min(bar.height) / 3.0).fold(LARGEST_BAR_RADIUS, f64::min);
        children.extend(block.bars.iter().enumerate().map(|(convolution, bar)| convolution_markup(bar, radius, place, convolution)));
        children.extend(block.kernels.iter().map(|kernel| label(kernel, "drawing-small")));
        children += &label(&block.label, if block.is_bundle() { "drawing-count" } else { "drawing-label" });
        children += &arc_markup(&block.arc, block.is_open());
        layers.extend(block.layers.iter().zip(place + 1..).map(|(layer, at)| layer_markup(layer, at, place, &texts(at))));
    }
    let class = if block.is_bundle() { "drawing-bundle" } else { "" };
    format!("<g>{}{layers}</g>", part(place, &texts(place), class, &reach(block), &children))
}

/// Card, arc and plus together, so that the pointer need not hit a thin line.
fn reach(block: &BlockDrawing) -> Rectangle {
    let around = |point: Point| Rectangle::around(point, 2.0 * PLUS_RADIUS, 2.0 * PLUS_RADIUS);
    let of_arc = [around(block.arc.apex()), around(block.arc.end)];
    of_arc.into_iter().fold(block.extent(), |reach, piece| reach.united(&piece))
}

/// A convolution, coloured by its gradient once that is measured: see [`super::gradients`].
fn convolution_markup(bar: &Rectangle, radius: f64, place: usize, convolution: usize) -> String {
    format!("<g class=\"drawing-branch\" style=\"--gradient:var(--g{place}-{convolution})\">{}</g>", rectangle(bar, "drawing-bar", radius))
}

/// A layer of the block at `block_place`.
fn layer_markup(layer: &LayerDrawing, place: usize, block_place: usize, text: &str) -> String {
    let outline = &layer.outline;
    let round = outline.width.min(outline.height) / 2.0;
    let mut children = match layer.role {
        LayerRole::Convolution(convolution) => convolution_markup(outline, 4.0, block_place, convolution),
        LayerRole::Projection => rectangle(outline, "drawing-chip drawing-card", round),
        LayerRole::BatchNorm => rectangle(outline, "drawing-card", 2.0),
        LayerRole::Activation => rectangle(outline, "drawing-card", round),
        LayerRole::Sum => plus_markup(outline.centre()),
    };
    let class = if layer.role == LayerRole::Projection { "drawing-chip-text" } else { "drawing-small" };
    children.extend(layer.label.as_ref().map(|text| label(text, class)));
    part(place, text, "drawing-layer", outline, &children)
}

fn plus_markup(Point { x, y }: Point) -> String {
    let sign = format!("M{:.1} {y:.1}h{}M{x:.1} {:.1}v{}", x - PLUS_ARM, 2.0 * PLUS_ARM, y - PLUS_ARM, 2.0 * PLUS_ARM);
    format!(
        "<circle class=\"drawing-plus\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{PLUS_RADIUS}\"/><path class=\"drawing-plus-sign\" d=\"{sign}\"/>"
    )
}

/// One click on it switches the skip connection off, and on again where it would be. In an open block, projection and
/// plus are layers by themselves.
fn arc_markup(arc: &Arc, is_open: bool) -> String {
    let kind = match arc.shortcut {
        Shortcut::Identity => "identity",
        Shortcut::Projection => "projection",
        Shortcut::Absent => "absent",
    };
    let apex = arc.apex();
    let mut on_it = String::new();
    if arc.shortcut == Shortcut::Projection && !is_open {
        let chip = rectangle(&Rectangle::around(apex, CHIP[0], CHIP[1]), "drawing-chip", CHIP[1] / 2.0);
        on_it = format!(
            "{chip}<text class=\"drawing-chip-text\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">1×1</text>",
            apex.x,
            apex.y + 3.5
        );
    }
    if arc.shortcut != Shortcut::Absent && !is_open {
        on_it += &plus_markup(arc.end);
    }
    let path = arc.path();
    format!(
        "<g class=\"drawing-skip\" data-shortcut=\"{kind}\"><path class=\"drawing-arc-reach\" d=\"{path}\"/>\
         <path class=\"drawing-arc {kind}\" d=\"{path}\"/>{on_it}</g>"
    )
}
