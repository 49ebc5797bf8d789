//! The network drawn to scale of its maps, from the whole net down to single layers, with a sentence about whatever is
//! pointed at.
//!
//! ```text
//! gestures, keys, toolbar, minimap ──► explorer ──► scene      what is near the camera, as SVG
//!                                         └──────► sentence, text alternative
//! ```
//!
//! All geometry comes from [`crate::drawing::network`]; the files here turn it into SVG, and a pointer or the keyboard into a
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

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, KeyboardEvent};

use super::drawing_tools;
use super::follow::{follow, keep_attribute, listen};
use super::markup::set;
use super::session::Session;
use crate::drawing::network::{Drawing, Explanation, LayerGraph, Orientation, Part, explain, explain_network, memory_words};
use crate::export::{CodeLines, LineRange, lines_of_part};

use crate::ui::signals::{Kept, Memo};
use explorer::Explorer;
use gestures::Gestures;
use gradients::{colours, gradient_words, measured_path, norms_of};

/// `id` of what the drawing lies in, and of the drawing.
const CANVAS: &str = "drawing-canvas";
const DRAWING: &str = "drawing";

const HEAD: &str = r#"<section class="panel network-drawing" data-late aria-labelledby=network-drawing><div class=panel-head>
<h2 id=network-drawing>The network</h2><p class=panel-lead>click an arc to switch its skip connection, double-click a block to see its layers</p>"#;
const PICTURE: &str = r#"<div class=drawing-canvas id=drawing-canvas><svg class=drawing id=drawing role=group
aria-label="Drawing of the network; the arrow keys move along it, Enter switches the skip connection of a block, O opens it to its layers, plus and minus zoom, Escape goes one level out">
<g id=drawing-stages></g><path class="drawing-trunk" id="drawing-trunk" /><g id=drawing-parts></g></svg></div>"#;
const EXPLANATION: &str = "<p class=\"finding drawing-explanation\" id=drawing-explanation data-testid=drawing-explanation></p>";

/// A panel with the drawing of the network that the controls say.
pub fn html() -> String {
    let rest = [PICTURE, minimap::HTML, text_alternative::HTML, EXPLANATION, &drawing_tools::html(), "</section>"].concat();
    [HEAD, legend::HTML, "</div>", toolbar::HTML, &rest].concat()
}

/// Draws it.
pub fn start(session: Session) {
    let explorer = Explorer::of_page();
    // Until what explains the single parts is there.
    explanation_of(session.spec.with_untracked(explain_network), "");
    legend::start(session.spec);
    drawing_tools::keep_paths(session);
    scene::follow(explorer);
    let of_drawing = move |of: fn(&Drawing) -> String| explorer.drawing.with(|drawing| drawing.as_ref().map(of));
    // Arcs fade in when skip connections are switched on, not at every redraw.
    let had_arcs = Kept::new(None);
    keep_attribute(DRAWING, "class", move || {
        let has_arcs = explorer.drawing.with(|drawing| drawing.as_ref().is_some_and(Drawing::has_arcs));
        let appear = has_arcs && had_arcs.get() == Some(false);
        had_arcs.set(Some(has_arcs));
        Some(if appear { "drawing appear" } else { "drawing" }.into())
    });
    keep_attribute("drawing-trunk", "d", move || {
        of_drawing(|drawing| {
            let [from, to] = drawing.trunk;
            format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y)
        })
    });
    keep_attribute(DRAWING, "data-orientation", move || {
        of_drawing(|drawing| match drawing.orientation {
            Orientation::Wide => "wide".into(),
            Orientation::Narrow => "narrow".into(),
        })
    });
}

/// Lets it be explored. It comes with what the page shows beside the drawing.
pub fn start_exploring(session: Session) {
    let spec = session.spec;
    let explorer = Explorer::begun();
    let path = Memo::new(move |_| measured_path(session, spec));
    let norms = move |part| -> Option<Vec<f64>> {
        spec.with(|spec| explorer.graph.with(|graph| path.with(|path| Some(norms_of(spec, graph, path.as_ref()?, &part)))))
    };
    follow(move || {
        let part = explorer.shown();
        let said = spec.with(|spec| match &part {
            Some(part) => explorer.graph.with(|graph| explain(spec, graph, part)),
            None => explain_network(spec),
        });
        let mut more = String::new();
        if let Some(part) = part {
            more = explorer.graph.with(|graph| session.code_lines.with(|lines| facts_and_lines(graph, &part, lines)));
            more += &norms(part).and_then(|norms| gradient_words(&norms)).unwrap_or_default();
        }
        explanation_of(said, &more);
    });
    legend::start_colours(move || path.with(Option::is_some));
    toolbar::start(explorer);
    let colours = move |place| explorer.part_at(place).and_then(norms).map(|norms| colours(place, &norms)).unwrap_or_default();
    scene::colour(explorer, Box::new(colours));
    minimap::start(explorer);
    text_alternative::start(explorer);
    drawing_tools::start(session, explorer.tab_stop);
    listen_to_hand(explorer);
}

fn explanation_of(said: Explanation, more: &str) {
    let Explanation { lead, sentence, facts } = said;
    let html = format!("<strong>{lead}</strong> {sentence} <span class=drawing-facts>{facts}{more}</span>");
    set("drawing-explanation", "innerHTML", &html.into());
}

/// Lines of the code that was shown last which make what is pointed at, or what was pressed or walked to last: reaching a
/// button below takes the focus from the drawing.
pub fn chosen_lines(session: Session) -> Option<LineRange> {
    let explorer = Explorer::begun();
    let part = explorer.shown().or_else(|| explorer.tab_stop.get())?;
    explorer.graph.with(|graph| session.code_lines.with(|lines| lines_of_part(graph, &part, lines)))
}

/// Pointer, keys, focus.
fn listen_to_hand(explorer: Explorer) {
    Gestures::new(explorer).listen();
    listen(CANVAS, &["keydown"], move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            keys::key_pressed(explorer, event);
        }
    });
    listen(CANVAS, &["focusin"], move |event| {
        let place = element_of(event.target()).and_then(|element| element.get_attribute("data-place")?.parse().ok());
        if let Some(part) = place.and_then(|place| explorer.part_at(place)) {
            explorer.focused.set(Some(part.clone()));
            explorer.tab_stop.set(Some(part));
        }
    });
    listen(CANVAS, &["focusout"], move |event: &Event| {
        // The buttons above are about what is focused here.
        let next = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target);
        let stays = element_of(next).and_then(|element| element.closest(".network-drawing").ok().flatten()).is_some();
        // What is made anew loses the focus and gets it back.
        if !stays && !explorer.awaits_focus() {
            explorer.focused.set(None);
        }
    });
}

fn element_of(target: Option<web_sys::EventTarget>) -> Option<Element> {
    target?.dyn_into().ok()
}

/// Memory of a part's outputs, and where the Keras code that was shown makes it.
fn facts_and_lines(graph: &LayerGraph, part: &Part, lines: &CodeLines) -> String {
    let memory = memory_words(graph, part).map(|memory| format!(" · {memory}")).unwrap_or_default();
    memory + &lines_of_part(graph, part, lines).map(|lines| format!(" · Keras {}", lines.words())).unwrap_or_default()
}
