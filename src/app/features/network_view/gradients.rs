//! The colour of each convolution by its measured gradient.

use std::fmt::Write;

use leptos::prelude::*;

use super::explorer::Explorer;
use crate::app::context::use_run;
use crate::drawing::network::{LayerGraph, Part, Place};
use crate::drawing::plot::PlotPoint;
use crate::insight::gradient_profile::{branch_norms, place_on_ramp, profile};
use crate::language::format::magnitude;
use crate::language::tr;
use crate::run::Run;
use crate::spec::ResNetSpec;

/// The gradient along the network of the run there is, if that trains the network that is drawn.
#[derive(Clone, Copy)]
pub struct MeasuredGradients {
    path: Memo<Option<Vec<PlotPoint>>>,
}

impl MeasuredGradients {
    /// Follows the run.
    pub fn new(spec: Memo<ResNetSpec>) -> Self {
        let run = use_run();
        let path = Memo::new(move |_| {
            let of = |run: &Run| {
                spec.with(|spec| {
                    let look = run.looks.last().filter(|_| run.plan.request.network == *spec.choices())?;
                    Some(profile(spec, &look.gradients))
                })
            };
            run.of_run(of).flatten()
        });
        Self { path }
    }

    /// Whether there are any. Tracks.
    pub fn are_measured(self) -> bool {
        self.path.with(Option::is_some)
    }

    /// Norm of each convolution of a block, or that of a layer that is one; empty for anything else, and before they are
    /// measured. Tracks.
    pub fn of(self, explorer: Explorer, part: &Part) -> Vec<f64> {
        let norms = |path: &Vec<PlotPoint>| explorer.spec.with(|spec| explorer.graph.with(|graph| norms_of(spec, graph, path, part)));
        self.path.with(|path| path.as_ref().map(norms)).unwrap_or_default()
    }
}

fn norms_of(spec: &ResNetSpec, graph: &LayerGraph, path: &[PlotPoint], part: &Part) -> Vec<f64> {
    match part {
        Part::Blocks { stage, blocks } => branch_norms(spec, path, *stage, blocks),
        Part::Layer(node) => {
            let Some(node) = graph.nodes.get(*node) else { return Vec::new() };
            let convolution = node.name.rsplit_once('.').and_then(|(_, name)| name.strip_prefix("conv")?.parse::<usize>().ok());
            match (node.place, convolution) {
                (Place::Block { stage, index }, Some(number)) => {
                    let norms = branch_norms(spec, path, stage, &(index..index + 1));
                    norms.into_iter().skip(number.saturating_sub(1)).take(1).collect()
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Custom properties for the bars of the blocks at these places; the scene's bars refer to them.
pub fn bar_colours(explorer: Explorer, gradients: MeasuredGradients, places: impl Iterator<Item = usize>) -> String {
    if !gradients.are_measured() {
        return String::new();
    }
    let mut style = String::new();
    for place in places {
        if let Some(part) = explorer.part_at(place) {
            write_colours(&mut style, place, &gradients.of(explorer, &part));
        }
    }
    style
}

fn write_colours(style: &mut String, place: usize, norms: &[f64]) {
    for (convolution, norm) in norms.iter().enumerate() {
        let share = 100.0 * place_on_ramp(*norm);
        // Writing to a String cannot fail.
        let _ = write!(style, "--g{place}-{convolution}:color-mix(in oklab,var(--gradient-small),var(--gradient-large) {share:.0}%);");
    }
}

/// ` · gradient 0.031, 0.020, 0.022`; empty without one.
pub fn gradient_words(norms: &[f64]) -> String {
    let words: Vec<String> = norms.iter().copied().map(magnitude).collect();
    if words.is_empty() { String::new() } else { format!(" · {}", tr!("gradient {norms}", norms = words.join(", "))) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::layer_stats::LayerGradients;

    #[test]
    fn a_block_and_its_convolutions_get_their_own_norms() {
        let spec = ResNetSpec::default();
        let graph = LayerGraph::new(&spec);
        let norms = (0..spec.kernel_layers().len()).map(|place| 10f32.powi(-(place as i32))).collect();
        let path = profile(&spec, &LayerGradients { step: 0, norms });
        let block = norms_of(&spec, &graph, &path, &Part::Blocks { stage: 0, blocks: 0..1 });
        assert_eq!(block.len(), 3, "one for each convolution");
        let layer = graph.nodes.iter().position(|node| node.name == "stages.0.blocks.0.conv2").unwrap();
        assert_eq!(norms_of(&spec, &graph, &path, &Part::Layer(layer)), block[1..2], "the second");
        let add = graph.nodes.iter().position(|node| node.name == "stages.0.blocks.0.add").unwrap();
        assert_eq!(norms_of(&spec, &graph, &path, &Part::Layer(add)), Vec::<f64>::new(), "a sum has none");
    }

    #[test]
    fn colours_are_properties_that_bars_refer_to() {
        let mut style = String::new();
        write_colours(&mut style, 2, &[1e-2]);
        assert_eq!(style, "--g2-0:color-mix(in oklab,var(--gradient-small),var(--gradient-large) 50%);");
    }

    #[test]
    fn gradients_are_told_in_two_figures() {
        assert_eq!(gradient_words(&[0.0312, 0.02]), " · gradient 0.031, 0.020");
        assert_eq!(gradient_words(&[]), "");
    }
}
