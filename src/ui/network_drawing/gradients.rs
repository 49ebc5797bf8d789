//! The colour of each convolution by its measured gradient.

use crate::drawing::network::{LayerGraph, Part, Place};
use crate::drawing::plot::PlotPoint;
use crate::format::magnitude;
use crate::insight::gradient_profile::{branch_norms, place_on_ramp, profile};
use crate::run::Run;
use crate::spec::ResNetSpec;
use crate::ui::session::Session;
use crate::ui::signals::Memo;

/// The gradient along the network, of the run there is, if that trains the network that is drawn.
pub fn measured_path(session: Session, spec: Memo<ResNetSpec>) -> Option<Vec<PlotPoint>> {
    let of = |run: &Run| {
        spec.with(|spec| {
            let look = run.looks.last().filter(|_| run.plan.request.network == *spec.choices())?;
            Some(profile(spec, &look.gradients))
        })
    };
    session.of_run(of).flatten()
}

/// Norm of each convolution of a block, or that of a layer that is one.
pub fn norms_of(spec: &ResNetSpec, graph: &LayerGraph, path: &[PlotPoint], part: &Part) -> Vec<f64> {
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

/// Custom properties for the bars of the block at `place`; [`super::block`] refers to them.
pub fn colours(place: usize, norms: &[f64]) -> String {
    let colour = |(convolution, norm): (usize, &f64)| {
        let share = 100.0 * place_on_ramp(*norm);
        format!("--g{place}-{convolution}:color-mix(in oklab,var(--gradient-small),var(--gradient-large) {share:.0}%);")
    };
    norms.iter().enumerate().map(colour).collect()
}

/// ` · gradient 0.031, 0.020, 0.022`.
pub fn gradient_words(norms: &[f64]) -> Option<String> {
    let words: Vec<String> = norms.iter().copied().map(magnitude).collect();
    (!words.is_empty()).then(|| format!(" · gradient {}", words.join(", ")))
}
