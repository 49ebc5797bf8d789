//! Sentences about the gradient that reaches the first stage.

use crate::insight::gradient_profile::{FirstStage, first_stage};
use crate::insight::layer_stats::LayerGradients;
use crate::language::format::{magnitude, times};
use crate::language::tr;

use super::Candidate;
use super::measured::Found;

/// From here on one number counts as other than a second.
const NOTABLE: f64 = 2.0;

/// A gradient with the network it belongs to.
type Seen<'a> = (&'a Candidate, &'a LayerGradients);

/// What becomes of the gradient in the convolutions of the first stage from one network to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Change {
    /// So many times smaller.
    Smaller(f64),
    /// So many times larger.
    Larger(f64),
    /// By less than a factor of two.
    Hardly,
    /// There was one, and there is none.
    Gone,
    /// There was none to begin with.
    NoneBefore,
    /// One of the two has overflowed.
    TooLarge,
}

impl Change {
    fn between(before: &FirstStage, after: &FirstStage) -> Self {
        match after.norm / before.norm {
            _ if before.norm == 0.0 => Self::NoneBefore,
            0.0 => Self::Gone,
            ratio if ratio < 1.0 / NOTABLE => Self::Smaller(1.0 / ratio),
            ratio if ratio > NOTABLE => Self::Larger(ratio),
            _ => Self::Hardly,
        }
    }

    /// From the first step of one network to that of another; none where one was not looked at.
    pub(super) fn at_first_step(before: Found<'_>, after: Found<'_>) -> Option<Self> {
        let stages = [before, after].map(|found| Some(first_stage(&found.candidate.spec, found.measured.first_gradients()?)));
        match stages {
            [Some(Some(before)), Some(Some(after))] => Some(Self::between(&before, &after)),
            [Some(_), Some(_)] => Some(Self::TooLarge),
            _ => None,
        }
    }
}

/// How many times, in one word: `15`, `38,000`, `2.1×10⁹`.
pub(super) fn short_times(ratio: f64) -> String {
    let said = times(ratio);
    let Some((mantissa, power)) = said.split_once('e') else { return said };
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raised = power.chars().filter_map(|sign| digits.get(sign.to_digit(10)? as usize));
    format!("{mantissa}×10{}", raised.collect::<String>())
}

/// `… makes the gradient 120 times smaller (from 0.031 to 2.6e-4).` `lead` ends where `makes` fits; each network is named
/// where something is odd about it.
pub(super) fn change(lead: &str, [before, after]: [Seen<'_>; 2]) -> String {
    let stage = |(candidate, seen): Seen<'_>| first_stage(&candidate.spec, seen);
    let (from, to) = match (stage(before), stage(after)) {
        (Some(from), Some(to)) => (from, to),
        (from, _) => {
            let which = if from.is_none() { before.0 } else { after.0 };
            return tr!("{lead} cannot be judged: a gradient of “{name}” is too large to be a number.", lead, name = which.name);
        }
    };
    let [before_norm, after_norm] = [&from, &to].map(|stage| magnitude(stage.norm));
    let said = match Change::between(&from, &to) {
        Change::NoneBefore if to.norm == 0.0 => tr!(
            "{lead} changes nothing: no gradient arrives either way (from {before} to {after}).",
            lead,
            before = before_norm,
            after = after_norm
        ),
        Change::NoneBefore => tr!(
            "{lead} lets a gradient arrive where there was none (from {before} to {after}).",
            lead,
            before = before_norm,
            after = after_norm
        ),
        Change::Gone => {
            tr!("{lead} leaves no gradient at all (from {before} to {after}).", lead, before = before_norm, after = after_norm)
        }
        Change::Smaller(ratio) => tr!(
            "{lead} makes the gradient {times} times smaller (from {before} to {after}).",
            lead,
            times = times(ratio),
            before = before_norm,
            after = after_norm
        ),
        Change::Larger(ratio) => tr!(
            "{lead} makes the gradient {times} times larger (from {before} to {after}).",
            lead,
            times = times(ratio),
            before = before_norm,
            after = after_norm
        ),
        Change::Hardly | Change::TooLarge => {
            tr!("{lead} hardly changes the gradient (from {before} to {after}).", lead, before = before_norm, after = after_norm)
        }
    };
    let dead: String = [(before, &from), (after, &to)].into_iter().map(|((candidate, _), stage)| dead_layers(candidate, stage)).collect();
    format!("{said}{dead}")
}

/// ` Of “neither” convolution 2 of block 1 gets none.`
fn dead_layers(candidate: &Candidate, stage: &FirstStage) -> String {
    let words = |name: &String| -> Option<String> {
        let (block, convolution) = name.strip_prefix("stages.0.blocks.")?.split_once(".conv")?;
        let block = block.parse::<usize>().ok()? + 1;
        Some(tr!("convolution {convolution} of block {block}", convolution, block))
    };
    let named: Vec<String> = stage.without.iter().filter_map(words).collect();
    let name = &candidate.name;
    let said = match named.as_slice() {
        _ if stage.norm == 0.0 => return String::new(),
        [] => return String::new(),
        [first, second, third, rest @ ..] if !rest.is_empty() => tr!(
            "Of “{name}” {first}, {second}, {third} and {rest} others of stage 1 get none and are not counted.",
            name,
            first,
            second,
            third,
            rest = rest.len()
        ),
        [one] => tr!("Of “{name}” {layer} of stage 1 gets none and is not counted.", name, layer = one),
        few => tr!("Of “{name}” {layers} of stage 1 get none and are not counted.", name, layers = few.join(", ")),
    };
    format!(" {said}")
}
