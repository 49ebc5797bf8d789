//! Sentences about the gradient that reaches the first stage.

use crate::format::{magnitude, times};
use crate::insight::gradient_profile::{FirstStage, first_stage};
use crate::insight::layer_stats::LayerGradients;

use super::Candidate;

/// From here on one number counts as other than a second.
const NOTABLE: f64 = 2.0;

/// `… makes the gradient 120 times smaller (from 0.031 to 2.6e-4).` `lead` ends where `makes` fits; each network is named
/// where something is odd about it.
pub(super) fn change(lead: &str, [before, after]: [(&Candidate, &LayerGradients); 2]) -> String {
    let stage = |(candidate, seen): (&Candidate, &LayerGradients)| first_stage(&candidate.spec, seen);
    let (from, to) = match (stage(before), stage(after)) {
        (Some(from), Some(to)) => (from, to),
        (from, _) => {
            let which = if from.is_none() { before.0 } else { after.0 };
            return format!("{lead} cannot be judged: a gradient of “{}” is too large to be a number.", which.name);
        }
    };
    let change = match to.norm / from.norm {
        _ if from.norm == 0.0 => "changes nothing: there was no gradient before".into(),
        0.0 => "leaves no gradient at all".into(),
        ratio if ratio < 1.0 / NOTABLE => format!("makes the gradient {} times smaller", times(1.0 / ratio)),
        ratio if ratio > NOTABLE => format!("makes the gradient {} times larger", times(ratio)),
        _ => "hardly changes the gradient".into(),
    };
    let dead: String = [(before, &from), (after, &to)].into_iter().map(|((candidate, _), stage)| dead_layers(candidate, stage)).collect();
    format!("{lead} {change} (from {} to {}).{dead}", magnitude(from.norm), magnitude(to.norm))
}

/// Whether the first stage of the second network gets a clearly larger gradient.
pub(super) fn grows([before, after]: [(&Candidate, &LayerGradients); 2]) -> bool {
    let norm = |(candidate, seen): (&Candidate, &LayerGradients)| first_stage(&candidate.spec, seen).map(|stage| stage.norm);
    norm(before).zip(norm(after)).is_some_and(|(before, after)| after > NOTABLE * before)
}

/// ` Of “neither” convolution 2 of block 1 gets none.`
fn dead_layers(candidate: &Candidate, stage: &FirstStage) -> String {
    let words = |name: &String| -> Option<String> {
        let (block, convolution) = name.strip_prefix("stages.0.blocks.")?.split_once(".conv")?;
        Some(format!("convolution {convolution} of block {}", block.parse::<usize>().ok()? + 1))
    };
    let named: Vec<String> = stage.without.iter().filter_map(words).collect();
    match named.as_slice() {
        _ if stage.norm == 0.0 => String::new(),
        [] => String::new(),
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            let rest = rest.len();
            format!(" Of “{}” {first}, {second}, {third} and {rest} others of stage 1 get none and are not counted.", candidate.name)
        }
        [one] => format!(" Of “{}” {one} of stage 1 gets none and is not counted.", candidate.name),
        few => format!(" Of “{}” {} of stage 1 get none and are not counted.", candidate.name, few.join(", ")),
    }
}
