//! The network drawn to scale of its maps, with a sentence about whatever is pointed at.
//!
//! All geometry comes from [`crate::graph::layout`]; the files here turn it into SVG, and a pointer or
//! the keyboard into a sentence.

mod block;
mod end;
mod legend;
mod part;
mod pointing;
mod stage;
mod text_alternative;

use leptos::html::Div;
use leptos::prelude::*;

use super::element_width::element_width;
use super::session::Session;
use crate::figures::magnitude;
use crate::gradient_profile::{branch_norms, profile};
use crate::graph::{Drawing, Explanation, LayerGraph, Orientation, Part, explain, explain_network, layout};
use crate::metrics::LayerGradients;
use crate::run_state::Run;
use crate::spec::{BlockPlace, ResNetSpec};

use block::draw_block;
use end::draw_end;
use legend::Legend;
use pointing::Pointing;
use stage::draw_stage;
use text_alternative::TextAlternative;

/// Something that can be pointed at, and what is said about it.
type DescribedPart = (Part, Explanation);

/// A panel with the drawing of `spec`.
#[component]
pub fn NetworkDrawing(#[prop(into)] spec: Signal<ResNetSpec>) -> impl IntoView {
    let canvas = NodeRef::<Div>::new();
    let width = element_width(canvas);
    let drawing = Memo::new(move |_| width.get().map(|width| spec.with(|spec| layout(spec, width))));
    let described = Memo::new(move |_| {
        let parts = drawing.with(|drawing| drawing.as_ref().map(Drawing::parts).unwrap_or_default());
        spec.with(|spec| {
            let graph = LayerGraph::new(spec);
            parts.into_iter().map(|part| (part.clone(), explain(spec, &graph, &part))).collect::<Vec<DescribedPart>>()
        })
    });
    let session = Session::of_page();
    let switch = Callback::new(move |place: usize| {
        let part = described.with_untracked(|described| described.get(place).map(|(part, _)| part.clone()));
        if let Some(Part::Blocks { stage, blocks }) = part {
            // Of a bundle the first block, which then stands alone.
            let place = BlockPlace { stage, block: blocks.start };
            session.experiment.update(|experiment| experiment.network.switch_block(place));
        }
    });
    let gradients = Memo::new(move |_| measured_gradients(session, spec));
    // Part by part, for the bars of each.
    let norms = Memo::new(move |_| {
        let path = gradients.with(|seen| seen.as_ref().map(|seen| spec.with(|spec| profile(spec, seen))));
        let of = |(part, _): &DescribedPart| match (part, &path) {
            (Part::Blocks { stage, blocks }, Some(path)) => Some(spec.with(|spec| branch_norms(spec, path, *stage, blocks))),
            _ => None,
        };
        described.with(|described| described.iter().map(of).collect::<Vec<_>>())
    });
    let norms_at = Callback::new(move |place: usize| norms.with(|norms| norms.get(place).cloned().flatten()));
    let pointing = Pointing::new(canvas, Signal::derive(move || described.with(Vec::len)), switch, norms_at);
    // Arcs fade in when skip connections are switched on, not at every redraw.
    let had_arcs = StoredValue::new(true);
    let picture = move || {
        drawing.get().map(|drawing| {
            let appear = drawing.has_arcs() && !had_arcs.get_value();
            had_arcs.set_value(drawing.has_arcs());
            described.with(|described| draw(&drawing, described, pointing, appear))
        })
    };
    let explanation = move || {
        let place = pointing.shown();
        let of_part = described.with(|described| place.and_then(|place| described.get(place)).map(|(_, said)| said.clone()));
        let Explanation { lead, sentence, facts } = of_part.unwrap_or_else(|| spec.with(explain_network));
        view! {
            <strong>{lead}</strong>
            " "
            {sentence}
            " "
            <span class="drawing-facts">{facts} {place.and_then(|place| gradient_words(&norms_at.run(place)?))}</span>
        }
    };
    view! {
        <section class="panel network-drawing" aria-labelledby="network-drawing">
            <div class="panel-head">
                <h2 id="network-drawing">"The network"</h2>
                <p class="panel-lead">"point at a block to see what it does; click its arc (or press Enter) to switch its skip connection off or on"</p>
                <Legend skip_connections=Signal::derive(move || spec.with(ResNetSpec::has_any_skip_connection)) measured=Signal::derive(move || gradients.with(Option::is_some)) />
            </div>
            <div class="drawing-canvas" node_ref=canvas on:keydown=move |event| pointing.key_pressed(&event)>
                {picture}
            </div>
            <TextAlternative spec described />
            <p class="finding drawing-explanation" data-testid="drawing-explanation">{explanation}</p>
        </section>
    }
}

/// Of the run there is, if it trains the network that is drawn.
fn measured_gradients(session: Session, spec: Signal<ResNetSpec>) -> Option<LayerGradients> {
    let of = |run: &Run| {
        let is_drawn = spec.with(|spec| run.plan.request.network == *spec.choices());
        run.looks.last().filter(|_| is_drawn).map(|look| look.gradients.clone())
    };
    session.of_run(of).flatten()
}

/// ` · gradient 0.031, 0.020, 0.022`.
fn gradient_words(norms: &[f64]) -> Option<String> {
    let words: Vec<String> = norms.iter().copied().map(magnitude).collect();
    (!words.is_empty()).then(|| format!(" · gradient {}", words.join(", ")))
}

fn draw(drawing: &Drawing, described: &[DescribedPart], pointing: Pointing, appear: bool) -> impl IntoView + use<> {
    let texts: Vec<String> = described.iter().map(|(_, said)| said.text()).collect();
    let place_of = |part: &Part| described.iter().position(|(other, _)| other == part).unwrap_or(0);
    let text = |place: usize| texts.get(place).cloned().unwrap_or_default();
    let [from, to] = drawing.trunk;
    let ends = drawing.ends.iter().map(|end| {
        let place = place_of(&Part::End(end.end));
        draw_end(end, place, text(place), pointing)
    });
    let blocks = drawing.stages.iter().flat_map(|stage| &stage.blocks).map(|block| {
        let place = place_of(&block.part());
        draw_block(block, place, text(place), pointing)
    });
    let direction = match drawing.orientation {
        Orientation::Wide => "wide",
        Orientation::Narrow => "narrow",
    };
    view! {
        <svg
            class="drawing"
            class:appear=appear
            data-orientation=direction
            viewBox=format!("0 0 {:.0} {:.0}", drawing.width, drawing.height)
            style:max-width=format!("{:.0}px", drawing.width)
            role="group"
            aria-label="Drawing of the network; the arrow keys move along it, Enter switches the skip connection of a block"
        >
            {drawing.stages.iter().map(draw_stage).collect_view()}
            <line class="drawing-trunk" x1=from.x y1=from.y x2=to.x y2=to.y />
            {ends.collect_view()}
            {blocks.collect_view()}
        </svg>
    }
}
