//! The network drawn to scale of its maps, from the whole net down to single layers, with a sentence about whatever is
//! pointed at.
//!
//! ```text
//! gestures, keys, toolbar, minimap ──► explorer ──► scene      what is near the camera, as SVG
//!                                         └──────► sentence, text alternative
//! ```
//!
//! All geometry comes from [`crate::graph`]; the files here turn it into SVG, and a pointer or the keyboard into a
//! camera, a sentence, a change of the network.

mod block;
mod end;
mod explorer;
mod gestures;
mod gradients;
mod keys;
mod legend;
mod minimap;
mod scene;
mod stage;
mod svg;
mod text_alternative;
mod toolbar;

use leptos::ev::FocusEvent;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::svg::{G, Svg};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::drawing_tools::DrawingTools;
use super::element_width::element_width;
use super::files::mark_lines;
use super::session::Session;
use crate::graph::{Drawing, Explanation, Orientation, explain, explain_network, lines_of, memory_and_lines};
use crate::spec::ResNetSpec;

use explorer::Explorer;
use gestures::Gestures;
use gradients::{colours, gradient_words, measured_path, norms_of};
use legend::Legend;
use minimap::Minimap;
use scene::Scene;
use text_alternative::TextAlternative;
use toolbar::Toolbar;

/// A panel with the drawing of `spec`.
#[component]
pub fn NetworkDrawing(#[prop(into)] spec: Signal<ResNetSpec>) -> impl IntoView {
    let session = Session::of_page();
    let canvas = NodeRef::<Div>::new();
    let explorer = Explorer::new(session, spec, canvas, element_width(canvas));
    let path = Memo::new(move |_| measured_path(session, spec));
    let norms = move |part| {
        let of = |spec: &ResNetSpec| explorer.graph.with(|graph| path.with(|path| norms_of(spec, graph, path.as_ref()?, &part).into()));
        spec.with(of)
    };
    let explanation = move || {
        let part = explorer.shown();
        let said = spec.with(|spec| match &part {
            Some(part) => explorer.graph.with(|graph| explain(spec, graph, part)),
            None => explain_network(spec),
        });
        let Explanation { lead, sentence, mut facts } = said;
        if let Some(part) = &part {
            facts += &explorer.graph.with(|graph| session.code_lines.with(|lines| memory_and_lines(graph, part, lines)));
        }
        view! {
            <strong>{lead}</strong>
            " "
            {sentence}
            " "
            <span class="drawing-facts">{facts} {part.and_then(norms).and_then(|norms: Vec<f64>| gradient_words(&norms))}</span>
        }
    };
    // What was pressed or walked to last: reaching a button below takes the focus from the drawing.
    let chosen = Signal::derive(move || explorer.tab_stop.get());
    let lines = Memo::new(move |_| {
        let part = explorer.shown().or_else(|| chosen.get())?;
        explorer.graph.with(|graph| session.code_lines.with(|lines| lines_of(graph, &part, lines)))
    });
    Effect::new(move |_| {
        session.code_lines.track();
        mark_lines(lines.get());
    });
    let colours =
        Callback::new(move |place| explorer.part_at(place).and_then(norms).map(|norms| colours(place, &norms)).unwrap_or_default());
    view! {
        <section class="panel network-drawing" aria-labelledby="network-drawing">
            <div class="panel-head">
                <h2 id="network-drawing">"The network"</h2>
                <p class="panel-lead">"click an arc to switch its skip connection, double-click a block to see its layers"</p>
                <Legend skip_connections=Signal::derive(move || spec.with(ResNetSpec::has_any_skip_connection)) measured=Signal::derive(move || path.with(Option::is_some)) />
            </div>
            <Toolbar explorer />
            <Picture explorer canvas colours />
            <Minimap explorer />
            <TextAlternative explorer />
            <p class="finding drawing-explanation" data-testid="drawing-explanation">{explanation}</p>
            <DrawingTools chosen />
        </section>
    }
}

/// The drawing itself.
#[component]
fn Picture(explorer: Explorer, canvas: NodeRef<Div>, colours: Callback<usize, String>) -> impl IntoView {
    let svg = NodeRef::<Svg>::new();
    let (stages, parts) = (NodeRef::<G>::new(), NodeRef::<G>::new());
    let gestures = Gestures::new(explorer, svg);
    Scene { explorer, svg, stages, parts, colours }.follow();
    // Arcs fade in when skip connections are switched on, not at every redraw.
    let appears = Memo::new(move |before: Option<&(bool, bool)>| {
        let has_arcs = explorer.drawing.with(|drawing| drawing.as_ref().is_some_and(Drawing::has_arcs));
        (has_arcs, before.is_some_and(|(had_arcs, _)| has_arcs && !had_arcs))
    });
    let of_drawing = move |of: fn(&Drawing) -> String| explorer.drawing.with(|drawing| drawing.as_ref().map(of));
    let trunk = Signal::derive(move || {
        of_drawing(|drawing| {
            let [from, to] = drawing.trunk;
            format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y)
        })
    });
    let orientation = Signal::derive(move || {
        of_drawing(|drawing| match drawing.orientation {
            Orientation::Wide => "wide".into(),
            Orientation::Narrow => "narrow".into(),
        })
    });
    let focused = move |event: FocusEvent| {
        let part = element_of(event.target()).and_then(|element| element.get_attribute("data-place")?.parse().ok());
        if let Some(part) = part.and_then(|place| explorer.part_at(place)) {
            explorer.focused.set(Some(part.clone()));
            explorer.tab_stop.set(Some(part));
        }
    };
    let blurred = move |event: FocusEvent| {
        // The buttons above are about what is focused here.
        let stays = element_of(event.related_target()).and_then(|element| element.closest(".network-drawing").ok().flatten()).is_some();
        // What is made anew loses the focus and gets it back.
        if !stays && !explorer.awaits_focus() {
            explorer.focused.set(None);
        }
    };
    view! {
        <div
            class="drawing-canvas"
            node_ref=canvas
            on:keydown=move |event| keys::key_pressed(explorer, &event)
            on:focusin=focused
            on:focusout=blurred
        >
            <svg
                class="drawing"
                class:appear=move || appears.get().1
                node_ref=svg
                data-orientation=orientation
                role="group"
                aria-label="Drawing of the network; the arrow keys move along it, Enter switches the skip connection of a block, O opens it to its layers, plus and minus zoom, Escape goes one level out"
                on:pointerdown=move |event| gestures.pressed(&event)
                on:pointermove=move |event| gestures.moved(&event)
                on:pointerup=move |event| gestures.lifted(&event)
                on:pointercancel=move |event| gestures.lifted(&event)
                on:pointerleave=move |_| gestures.left()
                on:click=move |event| gestures.clicked(&event)
                on:dblclick=move |event| gestures.double_clicked(&event)
                on:wheel=move |event| gestures.wheeled(&event)
            >
                <g node_ref=stages></g>
                <path class="drawing-trunk" d=trunk />
                <g node_ref=parts></g>
            </svg>
        </div>
    }
}

fn element_of(target: Option<web_sys::EventTarget>) -> Option<Element> {
    target?.dyn_into().ok()
}
