//! The answer to each question in one sentence of at most 25 words, made of what was measured and of nothing else.

use super::gradients::{Change, short_times};
use super::lesion::{Lesioned, percent};
use super::measured::Found;
use super::{Measured, Plan, Question};

/// How a finding says that two losses differ by no more than chance may make them.
pub const SIMILAR: &str = "end at a similar loss";

/// A loss of at least this share of what guessing gives is no better than guessing.
const GUESSING: f64 = 0.95;

/// The answer.
pub(super) fn finding(plan: &Plan, measured: &[Measured]) -> String {
    let found: Vec<Found<'_>> = plan.candidates.iter().zip(measured).collect();
    match (plan.question, found.as_slice()) {
        (Question::SkipConnections, &[with, without]) => compare(&SKIP_CONNECTIONS, with, without),
        (Question::Order, &[second, first]) => compare(&ORDER, second, first),
        (Question::Depth, found) => degradation(found),
        (Question::Lesions, &[residual, plain]) => lesions(residual, plain),
        (Question::BatchNorm, &[both, skips, norm, neither]) => corners([both, norm], [skips, neither]),
        (Question::FirstStep, &[shallow, .., deep]) => first_step(shallow, deep),
        _ => "The networks could not be built.".into(),
    }
}

/// How the two networks of a comparison are called.
struct Names {
    /// Before “ends at”.
    subjects: [&'static str; 2],
    /// After “the loss”.
    of: [&'static str; 2],
}

const SKIP_CONNECTIONS: Names =
    Names { subjects: ["the network with skip connections", "without them it"], of: ["with skip connections", "without them"] };
const ORDER: Names = Names { subjects: ["ReLU before the sum", "ReLU after it"], of: ["with ReLU before the sum", "with ReLU after it"] };

fn compare(names: &Names, one: Found<'_>, other: Found<'_>) -> String {
    let depth = one.0.depth();
    let ([subject, other_subject], [of_one, of_other]) = (names.subjects, names.of);
    match (end_of(one), end_of(other)) {
        (End::Loss(a), End::Loss(b)) => {
            let [guesses, other_guesses] = [(one, a), (other, b)].map(|(found, loss)| is_guessing(found, loss));
            let neither = if guesses && other_guesses { "; neither beats guessing" } else { "" };
            let only = |guesses: bool| if guesses && neither.is_empty() { ", no better than guessing" } else { "" };
            if one.1.ends_near(other.1) {
                format!("At depth {depth} both networks {SIMILAR}: {a:.2} {of_one}, {b:.2} {of_other}{neither}.")
            } else {
                format!(
                    "At depth {depth} {subject} ends at a loss of {a:.2}{}; {other_subject} ends at {b:.2}{}{neither}.",
                    only(guesses),
                    only(other_guesses)
                )
            }
        }
        (End::Diverged(a), End::Diverged(b)) => {
            format!("At depth {depth} both losses stop being numbers, {of_one} at step {a}, {of_other} at step {b}.")
        }
        (End::NotMeasured, _) | (_, End::NotMeasured) => "No loss was measured.".into(),
        (a, b) => format!("At depth {depth} the loss {of_one} {}; {of_other} it {}.", a.words(), b.words()),
    }
}

/// How the training of a network ended.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    /// With this loss.
    Loss(f64),
    /// Its loss is no number from this step on, counted from 1.
    Diverged(usize),
    NotMeasured,
}

impl End {
    fn words(self) -> String {
        match self {
            Self::Loss(loss) => format!("ends at {loss:.2}"),
            Self::Diverged(step) => format!("is no number from step {step} on"),
            Self::NotMeasured => "is not measured".into(),
        }
    }
}

fn end_of((_, measured): Found<'_>) -> End {
    match (measured.end_loss(), measured.diverged_at()) {
        (Some(loss), _) => End::Loss(loss),
        (None, Some(step)) => End::Diverged(step + 1),
        (None, None) => End::NotMeasured,
    }
}

fn is_guessing((candidate, _): Found<'_>, loss: f64) -> bool {
    loss >= GUESSING * (candidate.spec.classes() as f64).ln()
}

fn degradation(found: &[Found<'_>]) -> String {
    let ends = |skip_connections: bool| {
        let mut of = found.iter().filter(|(candidate, _)| candidate.spec.skip_connections() == skip_connections);
        Some([*of.next()?, *of.next_back()?])
    };
    let (Some(residual), Some(plain)) = (ends(true), ends(false)) else {
        return "One depth alone makes no comparison.".into();
    };
    let broken = residual.into_iter().chain(plain).find_map(|found| Some((found, found.1.diverged_at()?)));
    if let Some(((candidate, _), step)) = broken {
        let with = if candidate.spec.skip_connections() { "with" } else { "without" };
        let (depth, step) = (candidate.depth(), step + 1);
        return format!(
            "At depth {depth} {with} skip connections the loss is no number from step {step} on: the depths cannot be compared."
        );
    }
    let is_worse = |[shallow, deep]: [Found<'_>; 2]| deep.1.ends_worse_than(shallow.1);
    let (Some(residual_worse), Some(plain_worse)) = (is_worse(residual), is_worse(plain)) else {
        return "No loss was measured.".into();
    };
    let numbers = |told: [Found<'_>; 2], other: &str, others: [Found<'_>; 2]| {
        let [[a, b], [c, d]] = [told, others].map(|pair| pair.map(|found| found.1.end_loss().unwrap_or(f64::NAN)));
        let [shallow, deep] = told.map(|found| found.0.depth());
        format!("loss {a:.2} at depth {shallow}, {b:.2} at depth {deep}; {other} them {c:.2} and {d:.2}.")
    };
    match (residual_worse, plain_worse) {
        (false, true) => format!("Deeper is worse without skip connections: {}", numbers(plain, "with", residual)),
        (true, true) => format!("Deeper is worse with skip connections too: {}", numbers(residual, "without", plain)),
        (true, false) => format!("Deeper is worse only with skip connections: {}", numbers(residual, "without", plain)),
        (false, false) => format!("So few steps show no degradation: without skip connections {}", numbers(plain, "with", residual)),
    }
}

pub(super) fn lesioned<'a>((candidate, measured): Found<'a>) -> Option<Lesioned<'a>> {
    Some(Lesioned { spec: &candidate.spec, whole: measured.held_out?, lesions: &measured.lesions })
}

fn lesions(residual: Found<'_>, plain: Found<'_>) -> String {
    let (with, without) = match (lesioned(residual), lesioned(plain)) {
        (Some(with), Some(without)) => (with, without),
        (with, _) => {
            let (name, found) = if with.is_none() { ("residual", residual) } else { ("plain", plain) };
            return match found.1.diverged_at() {
                Some(step) => format!("The {name} network's loss is no number from step {} on: no block is worth removing.", step + 1),
                None => format!("The {name} network was not tested on held-out images."),
            };
        }
    };
    let whole = |of: Lesioned<'_>| percent(f64::from(of.whole.accuracy));
    if !with.has_learnt() {
        let guessing = percent(1.0 / with.spec.classes() as f64);
        return format!(
            "The residual network learnt too little to lose anything: it gets {} right, and guessing gets {guessing}.",
            whole(with)
        );
    }
    let Some(left) = with.mean_without_one() else { return "No block of the residual network could be removed.".into() };
    let residual = format!("Removing one block takes accuracy from {} to {} on average with skip connections", whole(with), percent(left));
    match without.mean_without_one() {
        _ if !without.has_learnt() => format!("{residual}; without them the network hardly learnt ({}).", whole(without)),
        Some(left) => format!("{residual}, from {} to {} without.", whole(without), percent(left)),
        None => format!("{residual}; no block of the plain network can be removed."),
    }
}

/// `with_norm` and `without_norm` hold a network with skip connections and one without.
fn corners(with_norm: [Found<'_>; 2], without_norm: [Found<'_>; 2]) -> String {
    let change = |[before, after]: [Found<'_>; 2]| Change::at_first_step(before, after);
    let (Some(with_norm), Some(without_norm)) = (change(with_norm), change(without_norm)) else {
        return "No gradient was measured.".into();
    };
    let words = |change, it: &str| match change {
        Change::Smaller(ratio) => format!("makes {it} {} times smaller", short_times(ratio)),
        Change::Larger(ratio) => format!("makes {it} {} times larger", short_times(ratio)),
        Change::Hardly => format!("hardly changes {it}"),
        Change::Gone => "leaves no gradient".into(),
        Change::NoneBefore => "finds no gradient to change".into(),
        Change::TooLarge => "meets gradients too large for a number".into(),
    };
    format!(
        "Without batch norm, removing skip connections {}; with batch norm it {}.",
        words(without_norm, "the first-stage gradient"),
        words(with_norm, "it")
    )
}

fn first_step(shallow: Found<'_>, deep: Found<'_>) -> String {
    let Some(change) = Change::at_first_step(shallow, deep) else { return "No gradient was measured.".into() };
    let [from, to] = [shallow, deep].map(|found| found.0.depth());
    let becomes = match change {
        Change::Smaller(ratio) => format!("becomes {} times smaller", short_times(ratio)),
        Change::Larger(ratio) => format!("becomes {} times larger", short_times(ratio)),
        Change::Hardly => "hardly changes".into(),
        Change::Gone => "vanishes altogether".into(),
        Change::NoneBefore => return format!("Already at depth {from} no gradient reaches stage 1, before any training."),
        Change::TooLarge => "gets too large for a number".into(),
    };
    format!("From depth {from} to {to} the gradient that reaches stage 1 {becomes}, before any training.")
}
