//! The drawing in words, for those who do not see it.

use leptos::prelude::*;

use super::DescribedPart;
use crate::figures::compact;
use crate::graph::Part;
use crate::spec::{ResNetSpec, StageSpec};

/// A list of the network's parts in forward order; blocks folded in the drawing are folded here too.
#[component]
pub fn TextAlternative(spec: Signal<ResNetSpec>, described: Memo<Vec<DescribedPart>>) -> impl IntoView {
    let summary = move || {
        spec.with(|spec| {
            let (depth, cost) = (spec.depth(), spec.cost());
            let kind = if spec.skip_connections() { "residual" } else { "plain" };
            format!(
                "A {kind} network of depth {}: {} blocks in each of {} stages, {} parameters, {} multiply-adds for one image.",
                depth.layers(),
                depth.blocks_per_stage(),
                spec.choices().stages,
                compact(cost.parameters as f64),
                compact(cost.multiply_adds_per_image as f64)
            )
        })
    };
    let items = move || {
        let stages = spec.with(ResNetSpec::stages);
        described.with(|described| described.iter().map(|part| view! { <li>{sentence(&stages, part)}</li> }).collect_view())
    };
    view! {
        <div class="drawing-in-words" data-testid="network-in-words">
            <p>{summary}</p>
            <ol>{items}</ol>
        </div>
    }
}

/// The first part of a stage introduces it.
fn sentence(stages: &[StageSpec], (part, said): &DescribedPart) -> String {
    match part {
        Part::Blocks { stage, blocks } if blocks.start == 0 => match stages.get(*stage) {
            Some(StageSpec { edge_out, channels_out, .. }) => {
                format!("Stage {}, output {edge_out}×{edge_out}×{channels_out}. {}", stage + 1, said.text())
            }
            None => said.text(),
        },
        _ => said.text(),
    }
}
