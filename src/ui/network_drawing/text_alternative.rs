//! The drawing in words, for those who do not see it.

use super::explorer::Explorer;
use crate::drawing::network::{Part, explain};
use crate::format::compact;
use crate::spec::StageSpec;
use crate::ui::follow::{keep_html, keep_text};

/// Parts listed one by one: nobody listens to thousands, and there is a way to find a layer by its name.
const LISTED: usize = 400;

/// A list of the network's parts in forward order: what is folded in the drawing is folded here too, and of open blocks
/// the layers are listed.
pub const HTML: &str = "<div class=drawing-in-words data-testid=network-in-words><p id=words-summary></p><ol id=words-parts></ol></div>";

/// Keeps it.
pub fn start(explorer: Explorer) {
    keep_text("words-summary", move || {
        explorer.spec.with(|spec| {
            let (depth, cost) = (spec.depth(), spec.cost());
            let kind = if spec.skip_connections() { "residual" } else { "plain" };
            format!(
                "A {kind} network of depth {}: {}, {} parameters, {} multiply-adds for one image.",
                depth.layers(),
                spec.blocks_in_words(),
                compact(cost.parameters as f64),
                compact(cost.multiply_adds_per_image as f64)
            )
        })
    });
    keep_html("words-parts", move || {
        explorer.parts.with(|parts| {
            let rest = parts.len().saturating_sub(LISTED);
            let listed: String = explorer.spec.with(|spec| {
                let stages = spec.stages();
                let said = |part: &Part| explorer.graph.with(|graph| explain(spec, graph, part)).text();
                parts.iter().take(LISTED).map(|part| format!("<li>{}</li>", sentence(&stages, part, said(part)))).collect()
            });
            if rest > 0 { format!("{listed}<li>And {rest} more: a layer is found by its name.</li>") } else { listed }
        })
    });
}

/// The first part of a stage introduces it.
fn sentence(stages: &[StageSpec], part: &Part, said: String) -> String {
    match part {
        Part::Blocks { stage, blocks } if blocks.start == 0 => match stages.get(*stage) {
            Some(StageSpec { edge_out, channels_out, .. }) => {
                format!("Stage {}, output {edge_out}×{edge_out}×{channels_out}. {said}", stage + 1)
            }
            None => said,
        },
        _ => said,
    }
}
