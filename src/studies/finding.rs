//! The answer to each question, made of what was measured and of nothing else.

use crate::insight::layer_stats::LayerGradients;

use super::gradients::{change, grows};
use super::lesion::{Lesioned, percent};
use super::{Candidate, Measured, Plan, Question};

/// Shares kept that differ by less say nothing.
const NOTABLE_SHARE: f64 = 0.1;

/// Steps after which batch norm's moving statistics, with their momentum of 0.99, have left their first values behind.
const SETTLED_STEPS: usize = 200;

type Found<'a> = (&'a Candidate, &'a Measured);

/// The answer, the settings, and where they are not the page's.
pub(super) fn finding(plan: &Plan, measured: &[Measured]) -> String {
    let found: Vec<Found<'_>> = plan.candidates.iter().zip(measured).collect();
    let answer = match (plan.question, found.as_slice()) {
        (Question::SkipConnections, &[with, without]) => {
            format!("{} {}", compare_losses(with, without), compare_gradients("taking the skip connections away", with, without))
        }
        (Question::Order, &[second, first]) => {
            format!("{} {}", compare_losses(second, first), compare_gradients("going from version 2 to version 1", second, first))
        }
        (Question::Depth, found) => degradation(found),
        (Question::Lesions, &[residual, plain]) => lesions(residual, plain),
        (Question::BatchNorm, &[both, skips, norm, neither]) => corners(both, skips, norm, neither),
        (Question::FirstStep, &[shallow, .., deep]) => first_step(shallow, deep),
        _ => "The networks could not be built.".into(),
    };
    format!("{answer} {}{}", plan.settings, plan.overrides)
}

fn first_gradients(found: Found<'_>) -> Option<&LayerGradients> {
    found.1.looks.first().map(|look| &look.gradients)
}

fn last_gradients(found: Found<'_>) -> Option<&LayerGradients> {
    found.1.last_look().map(|look| &look.gradients)
}

/// `1.52`, or when it stopped being a number.
fn loss(found: Found<'_>) -> String {
    match (found.1.end_loss(), found.1.diverged_at()) {
        (Some(loss), _) => format!("{loss:.2}"),
        (None, Some(step)) => format!("no number any more, from step {} on", step + 1),
        (None, None) => "not measured".into(),
    }
}

fn compare_losses(one: Found<'_>, other: Found<'_>) -> String {
    let mut words = format!(
        "At depth {} the loss ends at {} {} and at {} {}",
        one.0.depth(),
        loss(one),
        as_words(one.0),
        loss(other),
        as_words(other.0)
    );
    if let (Some(one), Some(other)) = (one.1.accuracy(), other.1.accuracy()) {
        words += &format!("; of the held-out images {} and {} are classified right", percent(one), percent(other));
    }
    let caution = if one.1.ends_near(other.1) { " The two losses are close: with another seed they could change places." } else { "" };
    let lag = if one.1.accuracy().is_some() && one.0.spec.choices().batch_norm && one.1.steps.len() < SETTLED_STEPS {
        " Held-out images are judged with batch norm's moving statistics, which lag behind after so few steps."
    } else {
        ""
    };
    words + "." + caution + lag
}

/// Names of versions need a word before them.
fn as_words(candidate: &Candidate) -> String {
    if candidate.name.starts_with("version") { format!("in {}", candidate.name) } else { candidate.name.clone() }
}

/// The first stage's gradient at the first and at the last step.
fn compare_gradients(what: &str, one: Found<'_>, other: Found<'_>) -> String {
    let mut words = String::new();
    if let (Some(before), Some(after)) = (first_gradients(one), first_gradients(other)) {
        words += &change(&format!("In the convolutions of stage 1, {what}, at the first step,"), [(one.0, before), (other.0, after)]);
    }
    if let (Some(before), Some(after)) = (last_gradients(one), last_gradients(other)) {
        words += " ";
        words += &change("At the last step it", [(one.0, before), (other.0, after)]);
    }
    words
}

fn degradation(found: &[Found<'_>]) -> String {
    let ends = |skip_connections: bool| {
        let mut of = found.iter().filter(|(candidate, _)| candidate.spec.skip_connections() == skip_connections);
        Some((*of.next()?, *of.next_back()?))
    };
    let (Some((shallow, deep)), Some((plain_shallow, plain_deep))) = (ends(true), ends(false)) else {
        return "One depth alone makes no comparison.".into();
    };
    let line = |shallow: Found<'_>, deep: Found<'_>| {
        format!("{} at depth {} and {} at depth {}", loss(shallow), shallow.0.depth(), loss(deep), deep.0.depth())
    };
    let verdict = match (is_worse(shallow, deep), is_worse(plain_shallow, plain_deep)) {
        (_, Some(false)) => {
            "So few steps show no degradation: the deep plain network is no worse than the shallow one by more than batches scatter."
        }
        (Some(false), Some(true)) if deep.1.end_loss() <= shallow.1.end_loss() => {
            "Deeper is worse without them, although the deep network could do what the shallow one does; with them it is not."
        }
        (Some(false), Some(true)) => {
            "Deeper is clearly worse without them, although the deep network could do what the shallow one does; with them it is a \
             little worse, by no more than batches scatter."
        }
        (Some(true), Some(true)) => {
            "Deeper is worse without them, and with them as well: so few steps are not enough for the deep networks."
        }
        _ => "Where the loss is no number any more, the comparison ends.",
    };
    format!(
        "With skip connections the training loss ends at {}; without, at {}. {verdict}",
        line(shallow, deep),
        line(plain_shallow, plain_deep)
    )
}

/// Whether the deep network ends with a clearly larger loss; none when one of them diverged.
fn is_worse(shallow: Found<'_>, deep: Found<'_>) -> Option<bool> {
    Some(deep.1.end_loss()? > shallow.1.end_loss()? && !deep.1.ends_near(shallow.1))
}

pub(super) fn lesioned<'a>((candidate, measured): Found<'a>) -> Option<Lesioned<'a>> {
    Some(Lesioned { spec: &candidate.spec, whole: measured.held_out?, lesions: &measured.lesions })
}

fn lesions(residual: Found<'_>, plain: Found<'_>) -> String {
    let (Some(with), Some(without)) = (lesioned(residual), lesioned(plain)) else {
        return format!(
            "One of the two could not be trained: the loss of the residual network is {}, of the plain one {}.",
            loss(residual),
            loss(plain)
        );
    };
    let words = |lesioned: Lesioned<'_>, candidate: &Candidate| lesioned.words(&format!("The {} network", candidate.name));
    let verdict = match (with.has_learnt(), without.has_learnt()) {
        (false, _) => "The residual network has learnt too little to lose anything: more epochs help.".into(),
        (true, false) => "The plain network hardly learnt in these steps, so it has nothing to lose.".into(),
        _ => match (with.kept(), without.kept()) {
            (Some(with), Some(without)) => {
                let close =
                    if (with - without).abs() < NOTABLE_SHARE { " The two are close: another seed could turn them round." } else { "" };
                format!(
                    "Of what it knows beyond guessing, the residual network keeps {} on average without one of its blocks, the plain one \
                     {}.{close}",
                    percent(with.clamp(0.0, 1.0)),
                    percent(without.clamp(0.0, 1.0))
                )
            }
            _ => "No block of the plain network keeps its shape: none could be left out.".into(),
        },
    };
    let depth = residual.0.depth();
    format!("Depth {depth}. {} {} {verdict}", words(with, residual.0), words(without, plain.0))
}

fn corners(both: Found<'_>, skips: Found<'_>, norm: Found<'_>, neither: Found<'_>) -> String {
    let said = |when: &str, gradients: for<'a> fn(Found<'a>) -> Option<&'a LayerGradients>| {
        let (Some(with_both), Some(with_skips)) = (gradients(both), gradients(skips)) else { return String::new() };
        let (Some(with_norm), Some(with_neither)) = (gradients(norm), gradients(neither)) else { return String::new() };
        let without_norm = change(
            &format!("{when} without batch norm, taking the skip connections away"),
            [(skips.0, with_skips), (neither.0, with_neither)],
        );
        let with_norm = change("With batch norm it", [(both.0, with_both), (norm.0, with_norm)]);
        format!("{without_norm} {with_norm} ")
    };
    let first = said("At the first step,", first_gradients);
    let last = said("At the last step,", last_gradients);
    let explodes =
        first_gradients(both).zip(first_gradients(norm)).is_some_and(|(before, after)| grows([(both.0, before), (norm.0, after)]));
    let why = "Batch norm rescales what each layer gives, and on the way back it divides by the spread it took away: deep plain networks \
               with it have gradients that grow towards the image (Yang et al. 2019). ";
    let losses = [both, skips, norm, neither].map(|found| format!("{} with {}", loss(found), found.0.name)).join(", ");
    let why = if explodes { why } else { "" };
    format!("Depth {}, convolutions of stage 1. {first}{last}{why}Losses end at {losses}.", both.0.depth())
}

fn first_step(shallow: Found<'_>, deep: Found<'_>) -> String {
    let (Some(before), Some(after)) = (first_gradients(shallow), first_gradients(deep)) else {
        return "No gradient was measured.".into();
    };
    let lead = format!(
        "In the convolutions of stage 1, without skip connections and batch norm, going from depth {} to {}",
        shallow.0.depth(),
        deep.0.depth()
    );
    format!("{} No training was needed to see it: this is the first batch.", change(&lead, [(shallow.0, before), (deep.0, after)]))
}
