//! The network drawn to scale of its maps, from the whole net down to single layers. It is the main control of the page.
//!
//! ```text
//! gestures, keys, tools, minimap ──► explorer ──► scene      what is near the camera, as SVG
//!                                       ├───────► block toolbar
//!                                       └───────► caption, text alternative
//! ```
//!
//! All geometry comes from [`crate::drawing::network`]; the files here turn it into SVG, and a pointer or the keyboard into a
//! camera, a sentence, a change of the network.

mod block_toolbar;
mod caption;
mod explorer;
mod gestures;
mod gradients;
mod keys;
mod legend;
mod minimap;
mod names;
mod picture;
mod scene;
mod search;
mod text_alternative;
mod tools;

use leptos::{html, prelude::*};
use leptos_use::{use_element_size, use_event_listener, use_window};
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, FocusEvent, Node};

use crate::app::components::{Card, InTurn, unique_id};
use crate::app::context::{use_experiment, use_view};
use crate::drawing::network::{NARROWEST_WIDE, ShownPath};
use crate::experiment::hyperparameters::limits::BATCH_SIZE;
use crate::language::format::{bytes, compact, grouped};
use crate::language::{text, tr};
use crate::run::step_walkthrough::Sweep;
use crate::spec::TrainingMemory;

use block_toolbar::BlockToolbar;
use caption::Caption;
use explorer::Explorer;
use gestures::Gestures;
use gradients::MeasuredGradients;
use legend::Legend;
use minimap::Minimap;
use scene::Scene;
use text_alternative::TextAlternative;
use tools::DrawingTools;

/// The narrowest embed in which the network runs rightwards, in pixels: smaller than drawn, but seen whole.
const NARROWEST_WIDE_EMBED: f64 = 480.0;

/// The network as a drawing, which is its main control.
#[component]
pub fn NetworkView() -> impl IntoView {
    let canvas = NodeRef::<html::Div>::new();
    let width = width_of(canvas);
    let explorer = Explorer::new(width);
    let gradients = MeasuredGradients::new(explorer.spec);
    view! {
        <Card title=text!("Network") id="network" class="network" lead=costs() tools=move || view! { <Legend explorer gradients /> }>
            <Drawing canvas width explorer gradients has_tools=Signal::stored(true) />
        </Card>
    }
}

/// The drawing in the frame of another page, whose reader scrolls on.
#[component]
pub fn EmbeddedNetwork(
    /// Whether there is room for the tools and the sentence.
    #[prop(into)]
    has_tools: Signal<bool>,
) -> impl IntoView {
    let canvas = NodeRef::<html::Div>::new();
    let width = width_of(canvas);
    let heading = unique_id("network");
    let drawn = Memo::new(move |_| width.get().map(drawn_width));
    let explorer = Explorer::new(drawn.into());
    let gradients = MeasuredGradients::new(explorer.spec);
    view! {
        <section class="network" aria-labelledby=heading.clone()>
            <h2 class="visually-hidden" id=heading.clone()>
                {text!("Network")}
            </h2>
            <Drawing canvas width explorer gradients has_tools />
        </section>
    }
}

/// The width that the network is laid out for, in an embed of that width.
fn drawn_width(width: f64) -> f64 {
    if width >= NARROWEST_WIDE_EMBED { width.max(NARROWEST_WIDE) } else { width }
}

/// The drawing and what belongs to it.
#[component]
fn Drawing(
    /// What it lies in.
    canvas: NodeRef<html::Div>,
    /// Width of that in pixels.
    width: Signal<Option<f64>>,
    /// State of the drawing.
    explorer: Explorer,
    /// What colours the convolutions.
    gradients: MeasuredGradients,
    /// Whether there is more than the drawing alone.
    has_tools: Signal<bool>,
) -> impl IntoView {
    let view = use_view();
    let body = NodeRef::<html::Div>::new();
    let gestures = Gestures::new(explorer, view.is_embedded());
    // The lines that make it are marked in the code. Reaching a button elsewhere takes the focus from the drawing, so the part
    // that had it last counts.
    Effect::new(move |_| {
        let part = explorer.shown().or_else(|| explorer.tab_stop.get());
        if view.chosen_part.with_untracked(|chosen| *chosen != part) {
            view.chosen_part.set(part);
        }
    });
    let is_outside = move |target: Option<EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<Node>().ok());
        body.get_untracked().is_some_and(|body| !body.contains(target.as_ref()))
    };
    // Whoever goes elsewhere is done with the block. What was made anew loses the focus to nothing, and gets it back.
    let focus_left = move |event: FocusEvent| {
        if event.related_target().is_some() && is_outside(event.related_target()) {
            explorer.leave();
        }
    };
    // A click that focuses nothing, and one on a button in a browser that does not focus buttons.
    let _ = use_event_listener(use_window(), leptos::ev::pointerdown, move |event| {
        if is_outside(event.target()) {
            explorer.leave();
        }
    });
    let path = move || match explorer.path.get() {
        ShownPath::None => None,
        ShownPath::Shortest => Some("shortest"),
        ShownPath::Longest => Some("longest"),
    };
    let sweep = move || {
        view.sweep.get().map(|sweep| match sweep {
            Sweep::Forward => "forward",
            Sweep::Backward => "backward",
            Sweep::Everywhere => "everywhere",
        })
    };
    let under = move || {
        has_tools.get().then(|| {
            view! {
                <InTurn>
                    <Minimap explorer />
                    <Caption explorer gradients />
                    <TextAlternative explorer />
                </InTurn>
            }
        })
    };
    view! {
        <div node_ref=body on:focusout=focus_left on:keydown=move |event| keys::escaped(explorer, &event)>
            <InTurn>{move || has_tools.get().then(|| view! { <DrawingTools explorer gradients /> })}</InTurn>
            <div class="network-canvas" node_ref=canvas data-path=path data-sweep=sweep>
                <InTurn>
                    <Scene explorer gestures gradients />
                </InTurn>
                <BlockToolbar explorer width />
                <p class="network-note" role="status">
                    {move || explorer.note.get()}
                </p>
            </div>
            {under}
        </div>
    }
}

/// `148,698 parameters · 12.1 M multiply-adds per image · 19.0 MiB to train`.
fn costs() -> Signal<String> {
    let experiment = use_experiment();
    let words = Memo::new(move |_| {
        // The field may hold a larger one than is allowed.
        let batch = experiment.hyperparameters().read().largest_batch().min(*BATCH_SIZE.whole_range().end());
        experiment.spec().with(|spec| {
            let cost = spec.cost();
            tr!(
                "{parameters} parameters · {multiply_adds} multiply-adds per image · {memory} to train",
                parameters = grouped(cost.parameters as usize),
                multiply_adds = compact(cost.multiply_adds_per_image as f64),
                memory = bytes(TrainingMemory::of(spec).bytes(batch))
            )
        })
    });
    words.into()
}

/// Width of the canvas in whole pixels; nothing before the browser has laid it out. It is measured once before the first
/// paint, and then followed.
fn width_of(canvas: NodeRef<html::Div>) -> Signal<Option<f64>> {
    let first = RwSignal::new(0.0);
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            first.set(f64::from(canvas.client_width()));
        }
    });
    let followed = use_element_size(canvas).width;
    // Nothing has a width while it is hidden; what was drawn then still fits.
    let width = Memo::new(move |before: Option<&Option<f64>>| {
        let known = [followed.get(), first.get()].into_iter().map(f64::floor).find(|width| *width >= 1.0);
        known.or_else(|| before.copied().flatten())
    });
    width.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embed_of_a_text_s_width_shows_the_network_from_left_to_right() {
        assert_eq!([320.0, 479.0, 480.0, 588.0, 680.0, 900.0].map(drawn_width), [320.0, 479.0, 680.0, 680.0, 680.0, 900.0]);
    }
}
