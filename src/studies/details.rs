//! The longer text under an answer: every number it rests on, the settings and the caveats.

use crate::insight::layer_stats::LayerGradients;
use crate::language::format::decimals;
use crate::language::{marked, text, tr, translated};

use super::finding::lesioned;
use super::gradients::{Change, change};
use super::lesion::percent;
use super::measured::{Found, shallowest_and_deepest};
use super::{Measured, Plan, Question};

/// Shares kept that differ by less say nothing.
const NOTABLE_SHARE: f64 = 0.1;

/// Steps after which batch norm's moving statistics, with their momentum of 0.99, have left their first values behind.
const SETTLED_STEPS: usize = 200;

/// Why a larger gradient without skip connections is no contradiction.
const GROWS_WITH_BATCH_NORM: &str = marked!(
    "A larger gradient does not contradict gradients that vanish without skip connections: those are of networks without batch norm. \
     Batch norm rescales what each layer gives, and on the way back it divides by the spread it took away: in deep plain networks with \
     it the gradient grows towards the image (Yang et al. 2019)."
);

/// What was measured, the settings, and where they are not the page's.
pub(super) fn details(plan: &Plan, measured: &[Measured]) -> String {
    let found: Vec<Found<'_>> = plan.candidates.iter().zip(measured).map(|(candidate, measured)| Found { candidate, measured }).collect();
    let answer = match (plan.question, found.as_slice()) {
        (Question::SkipConnections, &[with, without]) => {
            let lead = text!("In the convolutions of stage 1, taking the skip connections away, at the first step,");
            let gradients = compare_gradients(lead, with, without);
            let why = if with.candidate.spec.choices().batch_norm && grows(with, without) { translated(GROWS_WITH_BATCH_NORM) } else { "" };
            let ends = tr!(
                "At depth {depth} the loss ends at {with} with skip connections and at {without} without",
                depth = with.candidate.depth(),
                with = loss(with),
                without = loss(without)
            );
            [compare_losses(ends, with, without).as_str(), &gradients, why].join(" ").trim_end().to_owned()
        }
        (Question::Order, &[second, first]) => {
            let lead = text!("In the convolutions of stage 1, going from version 2 to version 1, at the first step,");
            let ends = tr!(
                "At depth {depth} the loss ends at {second} in version 2 and at {first} in version 1",
                depth = second.candidate.depth(),
                second = loss(second),
                first = loss(first)
            );
            format!("{} {}", compare_losses(ends, second, first), compare_gradients(lead, second, first))
        }
        (Question::Depth, found) => degradation(found),
        (Question::Lesions, &[residual, plain]) => lesions(residual, plain),
        (Question::BatchNorm, &[both, skips, norm, neither]) => corners(both, skips, norm, neither),
        (Question::FirstStep, &[shallow, .., deep]) => first_step(shallow, deep),
        _ => text!("The networks could not be built.").into(),
    };
    format!("{answer} {}{}", plan.settings, plan.overrides)
}

/// Whether the first stage of the second network gets a clearly larger gradient at the first step.
fn grows(before: Found<'_>, after: Found<'_>) -> bool {
    matches!(Change::at_first_step(before, after), Some(Change::Larger(_)))
}

fn first_gradients<'a>(found: Found<'a>) -> Option<&'a LayerGradients> {
    found.measured.first_gradients()
}

fn last_gradients(found: Found<'_>) -> Option<&LayerGradients> {
    found.measured.last_look().map(|look| &look.gradients)
}

/// `1.52`, or when it stopped being a number.
fn loss(found: Found<'_>) -> String {
    match (found.measured.end_loss(), found.measured.diverged_at()) {
        (Some(loss), _) => decimals(loss, 2),
        (None, Some(step)) => tr!("no number any more, from step {step} on", step = step + 1),
        (None, None) => text!("not measured").into(),
    }
}

/// `ends` tells both losses, without its full stop.
fn compare_losses(ends: String, one: Found<'_>, other: Found<'_>) -> String {
    let mut sentences = match (one.measured.accuracy(), other.measured.accuracy()) {
        (Some(first), Some(second)) => vec![tr!(
            "{ends}; of the held-out images {first} and {second} are classified right.",
            ends,
            first = percent(first),
            second = percent(second)
        )],
        _ => vec![ends + "."],
    };
    if one.measured.ends_near(other.measured) {
        sentences.push(text!("The two losses are close: with another seed they could change places.").into());
    }
    if one.measured.accuracy().is_some() && one.candidate.spec.choices().batch_norm && one.measured.steps.len() < SETTLED_STEPS {
        let lag = text!("Held-out images are judged with batch norm's moving statistics, which lag behind after so few steps.");
        sentences.push(lag.into());
    }
    sentences.join(" ")
}

/// The first stage's gradient at the first and at the last step.
fn compare_gradients(lead: &str, one: Found<'_>, other: Found<'_>) -> String {
    let mut words = String::new();
    if let (Some(before), Some(after)) = (first_gradients(one), first_gradients(other)) {
        words += &change(lead, [(one.candidate, before), (other.candidate, after)]);
    }
    if let (Some(before), Some(after)) = (last_gradients(one), last_gradients(other)) {
        words += " ";
        words += &change(text!("At the last step it"), [(one.candidate, before), (other.candidate, after)]);
    }
    words
}

fn degradation(found: &[Found<'_>]) -> String {
    let [residual, plain] = [true, false].map(|skip_connections| shallowest_and_deepest(found, skip_connections));
    let (Some([shallow, deep]), Some([plain_shallow, plain_deep])) = (residual, plain) else {
        return text!("One depth alone makes no comparison.").into();
    };
    let verdict = match (deep.measured.ends_worse_than(shallow.measured), plain_deep.measured.ends_worse_than(plain_shallow.measured)) {
        (_, Some(false)) => {
            text!("So few steps show no degradation: the deep plain network is no worse than the shallow one by more than batches scatter.")
        }
        (Some(false), Some(true)) if deep.measured.end_loss() <= shallow.measured.end_loss() => {
            text!("Deeper is worse without them, although the deep network could do what the shallow one does; with them it is not.")
        }
        (Some(false), Some(true)) => text!(
            "Deeper is clearly worse without them, although the deep network could do what the shallow one does; with them it is a \
             little worse, by no more than batches scatter."
        ),
        (Some(true), Some(true)) => {
            text!("Deeper is worse without them, and with them as well: so few steps are not enough for the deep networks.")
        }
        _ => text!("Where the loss is no number any more, the comparison ends."),
    };
    tr!(
        "With skip connections the training loss ends at {shallow_loss} at depth {shallow} and {deep_loss} at depth {deep}; without, at \
         {plain_shallow_loss} at depth {plain_shallow} and {plain_deep_loss} at depth {plain_deep}. {verdict}",
        shallow_loss = loss(shallow),
        shallow = shallow.candidate.depth(),
        deep_loss = loss(deep),
        deep = deep.candidate.depth(),
        plain_shallow_loss = loss(plain_shallow),
        plain_shallow = plain_shallow.candidate.depth(),
        plain_deep_loss = loss(plain_deep),
        plain_deep = plain_deep.candidate.depth(),
        verdict
    )
}

fn lesions(residual: Found<'_>, plain: Found<'_>) -> String {
    let (Some(with), Some(without)) = (lesioned(residual), lesioned(plain)) else {
        return tr!(
            "One of the two could not be trained: the loss of the residual network is {residual}, of the plain one {plain}.",
            residual = loss(residual),
            plain = loss(plain)
        );
    };
    let verdict = match (with.has_learnt(), without.has_learnt()) {
        (false, _) => text!("The residual network has learnt too little to lose anything: more epochs help.").into(),
        (true, false) => text!("The plain network hardly learnt in these steps, so it has nothing to lose.").into(),
        _ => match (with.kept(), without.kept()) {
            (Some(with), Some(without)) => {
                let kept = tr!(
                    "Of what it knows beyond guessing, the residual network keeps {residual} on average without one of its blocks, the \
                     plain one {plain}.",
                    residual = percent(with.clamp(0.0, 1.0)),
                    plain = percent(without.clamp(0.0, 1.0))
                );
                if (with - without).abs() < NOTABLE_SHARE {
                    format!("{kept} {}", text!("The two are close: another seed could turn them round."))
                } else {
                    kept
                }
            }
            _ => text!("No block of the plain network keeps its shape: none could be removed.").into(),
        },
    };
    let depth = tr!("Depth {depth}.", depth = residual.candidate.depth());
    let [with, without] = [with.words(text!("The residual network")), without.words(text!("The plain network"))];
    format!("{depth} {with} {without} {verdict}")
}

fn corners(both: Found<'_>, skips: Found<'_>, norm: Found<'_>, neither: Found<'_>) -> String {
    let said = |lead: &str, gradients: for<'a> fn(Found<'a>) -> Option<&'a LayerGradients>| {
        let (Some(with_both), Some(with_skips)) = (gradients(both), gradients(skips)) else { return String::new() };
        let (Some(with_norm), Some(with_neither)) = (gradients(norm), gradients(neither)) else { return String::new() };
        let without_norm = change(lead, [(skips.candidate, with_skips), (neither.candidate, with_neither)]);
        let with_norm = change(text!("With batch norm it"), [(both.candidate, with_both), (norm.candidate, with_norm)]);
        format!("{without_norm} {with_norm} ")
    };
    let first = said(text!("At the first step, without batch norm, taking the skip connections away"), first_gradients);
    let last = said(text!("At the last step, without batch norm, taking the skip connections away"), last_gradients);
    let losses = [both, skips, norm, neither]
        .map(|found| tr!("{loss} with {network}", loss = loss(found), network = found.candidate.name))
        .join(", ");
    let why = if grows(both, norm) { format!("{} ", translated(GROWS_WITH_BATCH_NORM)) } else { String::new() };
    let lead = tr!("Depth {depth}, convolutions of stage 1.", depth = both.candidate.depth());
    format!("{lead} {first}{last}{why}{}", tr!("Losses end at {losses}.", losses))
}

fn first_step(shallow: Found<'_>, deep: Found<'_>) -> String {
    let (Some(before), Some(after)) = (first_gradients(shallow), first_gradients(deep)) else {
        return text!("No gradient was measured.").into();
    };
    let lead = tr!(
        "In the convolutions of stage 1, without skip connections and batch norm, going from depth {from} to {to}",
        from = shallow.candidate.depth(),
        to = deep.candidate.depth()
    );
    let said = change(&lead, [(shallow.candidate, before), (deep.candidate, after)]);
    format!("{said} {}", text!("No training was needed to see it: this is the first batch."))
}
