//! The drawing in words, for those who do not see it.

use leptos::{html, prelude::*};

use super::explorer::Explorer;
use crate::drawing::network::{Part, explain};
use crate::language::format::{compact, grouped};
use crate::language::{text, tr};
use crate::spec::{ResNetSpec, StageSpec};

/// Parts listed one by one: nobody listens to thousands, and there is a way to find a layer by its name.
const LISTED: usize = 400;

/// A list of the network's parts in forward order: what is folded in the drawing is folded here too, and of open blocks the
/// layers are listed. It is made while it is open.
#[component]
pub fn TextAlternative(
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let is_open = RwSignal::new(false);
    let toggled = move |_| is_open.set(details.get_untracked().is_some_and(|details| details.has_attribute("open")));
    let listed = move || {
        explorer.parts.with(|parts| {
            explorer.spec.with(|spec| {
                let stages = spec.stages();
                let said = |part: &Part| explorer.graph.with(|graph| explain(spec, graph, part)).text();
                let mut items: Vec<String> = parts.iter().take(LISTED).map(|part| sentence(&stages, part, said(part))).collect();
                let rest = parts.len().saturating_sub(LISTED);
                if rest > 0 {
                    items.push(tr!("And {parts} more: find a layer by its name.", parts = grouped(rest)));
                }
                items
            })
        })
    };
    let list = move || {
        view! {
            <p>{move || explorer.spec.with(summary)}</p>
            // It scrolls, so the keyboard must reach it.
            <ol tabindex="0" aria-label=text!("Parts of the network")>
                {move || listed().into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}
            </ol>
        }
    };
    view! {
        <details class="network-in-words" node_ref=details on:toggle=toggled>
            <summary>{text!("The network in words")}</summary>
            <Show when=move || is_open.get()>{list}</Show>
        </details>
    }
}

/// What the whole network is, in one sentence.
fn summary(spec: &ResNetSpec) -> String {
    let (depth, blocks, cost) = (spec.depth().layers(), spec.blocks_in_words(), spec.cost());
    let (parameters, multiply_adds) = (compact(cost.parameters as f64), compact(cost.multiply_adds_per_image as f64));
    if spec.skip_connections() {
        tr!(
            "A residual network of depth {depth}: {blocks}, {parameters} parameters, {multiply_adds} multiply-adds for one image.",
            depth,
            blocks,
            parameters,
            multiply_adds
        )
    } else {
        tr!(
            "A plain network of depth {depth}: {blocks}, {parameters} parameters, {multiply_adds} multiply-adds for one image.",
            depth,
            blocks,
            parameters,
            multiply_adds
        )
    }
}

/// The first part of a stage introduces it.
fn sentence(stages: &[StageSpec], part: &Part, said: String) -> String {
    match part {
        Part::Blocks { stage, blocks } if blocks.start == 0 => match stages.get(*stage) {
            Some(StageSpec { edge_out, channels_out, .. }) => {
                let shape = format!("{edge_out}×{edge_out}×{channels_out}");
                tr!("Stage {stage}, output {shape}. {part}", stage = stage + 1, shape, part = said)
            }
            None => said,
        },
        _ => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::NetworkChoices;

    #[test]
    fn the_summary_says_what_kind_of_network_it_is() {
        let said = |skip_connections| summary(&ResNetSpec::new(NetworkChoices { skip_connections, ..Default::default() }).unwrap());
        assert!(said(true).starts_with("A residual network of depth 11: 1 block in each of 3 stages, "), "{}", said(true));
        assert!(said(false).starts_with("A plain network of depth 11"), "{}", said(false));
    }

    #[test]
    fn the_first_block_of_a_stage_introduces_it() {
        let stages = ResNetSpec::default().stages();
        let said = |blocks| sentence(&stages, &Part::Blocks { stage: 1, blocks }, "x + F(x).".into());
        assert_eq!(said(0..1), "Stage 2, output 16×16×64. x + F(x).");
        assert_eq!(said(1..2), "x + F(x).");
    }
}
