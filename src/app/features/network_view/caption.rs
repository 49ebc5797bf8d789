//! The sentence under the drawing: about the part that is pointed at, or about what is drawn.

use leptos::prelude::*;

use super::explorer::Explorer;
use super::gradients::{MeasuredGradients, gradient_words};
use crate::app::context::use_view;
use crate::drawing::network::{Explanation, Paths, ShownPath, explain, explain_network, memory_words};
use crate::export::lines_of_part;

/// The caption of the drawing. Its room is kept free, so that pointing at another part moves nothing.
#[component]
pub fn Caption(
    /// State of the drawing.
    explorer: Explorer,
    /// What colours the convolutions.
    gradients: MeasuredGradients,
) -> impl IntoView {
    let view = use_view();
    let explanation = Memo::new(move |_| {
        let part = explorer.shown();
        explorer.spec.with(|spec| {
            let Some(part) = part else { return explain_network(spec) };
            explorer.graph.with(|graph| {
                let mut explanation = explain(spec, graph, &part);
                let memory = memory_words(graph, &part);
                let lines = view.code_lines.with(|lines| lines_of_part(graph, &part, lines));
                explanation.facts += &memory.map(|memory| format!(" · {memory}")).unwrap_or_default();
                explanation.facts += &lines.map(|lines| format!(" · Keras {}", lines.words())).unwrap_or_default();
                explanation.facts += &gradient_words(&gradients.of(explorer, &part));
                explanation
            })
        })
    });
    let paths = Memo::new(move |_| match explorer.path.get() {
        ShownPath::None => None,
        ShownPath::Shortest | ShownPath::Longest => Some(explorer.spec.with(|spec| Paths::of(spec).in_words())),
    });
    let sentence = move || {
        let Explanation { lead, sentence, facts } = explanation.get();
        view! {
            <strong>{lead}</strong>
            {format!(" {sentence} ")}
            <span class="network-facts">{facts}</span>
        }
    };
    view! {
        <p class="network-caption">{sentence}</p>
        {move || paths.get().map(|paths| view! { <p class="network-paths">{paths}</p> })}
    }
}
