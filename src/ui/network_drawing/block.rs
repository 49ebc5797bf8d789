//! A block or a bundle: card, three bars, arc, plus.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Pointing;
use super::part::{label, part, rectangle};
use crate::graph::{Arc, BlockDrawing, Point, Rectangle};
use crate::spec::Shortcut;

const CARD_RADIUS: f64 = 9.0;
const LARGEST_BAR_RADIUS: f64 = 5.0;
const PLUS_RADIUS: f64 = 5.5;
const PLUS_ARM: f64 = 2.8;
/// Size of the chip that names a projection's kernel.
const CHIP: [f64; 2] = [27.0, 15.0];

pub fn draw_block(block: &BlockDrawing, place: usize, text: String, pointing: Pointing) -> impl IntoView + use<> {
    let bar_radius = block.bars.iter().map(|bar| bar.width.min(bar.height) / 3.0).fold(LARGEST_BAR_RADIUS, f64::min);
    let children = view! {
        {block.deck.iter().map(|card| rectangle(card, "drawing-card", CARD_RADIUS)).collect_view()}
        {rectangle(&block.outline, "drawing-card", CARD_RADIUS)}
        {block.bars.iter().enumerate().map(|(convolution, bar)| draw_bar(bar, bar_radius, place, convolution, pointing)).collect_view()}
        {block.kernels.iter().map(|kernel| label(kernel, "drawing-small")).collect_view()}
        {label(&block.label, if block.is_bundle() { "drawing-count" } else { "drawing-label" })}
        {draw_arc(&block.arc, place, pointing)}
    };
    part(place, text, reach(block), pointing, children)
}

/// Card, arc and plus together, so that the pointer need not hit a thin line.
fn reach(block: &BlockDrawing) -> Rectangle {
    let around = |point: Point| Rectangle::around(point, 2.0 * PLUS_RADIUS, 2.0 * PLUS_RADIUS);
    let of_arc = [around(block.arc.apex()), around(block.arc.end)];
    of_arc.into_iter().fold(block.extent(), |reach, piece| reach.united(&piece))
}

/// A convolution, coloured by its gradient once that is measured.
fn draw_bar(bar: &Rectangle, radius: f64, place: usize, convolution: usize, pointing: Pointing) -> impl IntoView + use<> {
    view! { <g class="drawing-branch" style:--gradient=move || pointing.gradient_colour(place, convolution)>{rectangle(bar, "drawing-bar", radius)}</g> }
}

/// One click on the arc switches the skip connection off, and on again where it would be.
fn draw_arc(arc: &Arc, place: usize, pointing: Pointing) -> impl IntoView + use<> {
    let projects = arc.shortcut == Shortcut::Projection;
    let Point { x, y } = arc.end;
    let plus = format!("M{:.1} {y:.1}h{}M{x:.1} {:.1}v{}", x - PLUS_ARM, 2.0 * PLUS_ARM, y - PLUS_ARM, 2.0 * PLUS_ARM);
    let apex = arc.apex();
    let chip = projects.then(|| {
        view! {
            {rectangle(&Rectangle::around(apex, CHIP[0], CHIP[1]), "drawing-chip", CHIP[1] / 2.0)}
            <text class="drawing-chip-text" x=format!("{:.1}", apex.x) y=format!("{:.1}", apex.y + 3.5) text-anchor="middle">
                "1×1"
            </text>
        }
    });
    let kind = match arc.shortcut {
        Shortcut::Identity => "identity",
        Shortcut::Projection => "projection",
        Shortcut::Absent => "absent",
    };
    let switch = move |event: MouseEvent| {
        // The block under it takes the focus at one click and switches at two.
        event.stop_propagation();
        pointing.switch(place);
    };
    let plus = (arc.shortcut != Shortcut::Absent).then(|| {
        view! {
            <circle class="drawing-plus" cx=format!("{x:.1}") cy=format!("{y:.1}") r=PLUS_RADIUS />
            <path class="drawing-plus-sign" d=plus />
        }
    });
    view! {
        <g class="drawing-skip" data-shortcut=kind on:click=switch on:dblclick=|event| event.stop_propagation()>
            <path class="drawing-arc-reach" d=arc.path() />
            <path class=format!("drawing-arc {kind}") d=arc.path() />
            {chip}
            {plus}
        </g>
    }
}
