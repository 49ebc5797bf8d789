//! The answer to each question in one sentence of at most 25 words, made of what was measured and of nothing else.

use crate::language::format::decimals;
use crate::language::{marked, text, tr, translated};

use super::gradients::{Change, short_times};
use super::lesion::{Lesioned, percent};
use super::measured::{Found, shallowest_and_deepest};
use super::{Measured, Plan, Question};

/// How a finding says that two losses differ by no more than chance may make them.
pub const SIMILAR: &str = marked!("end at a similar loss");

/// A loss of at least this share of what guessing gives is no better than guessing.
const GUESSING: f64 = 0.95;

/// The answer.
pub(super) fn finding(plan: &Plan, measured: &[Measured]) -> String {
    let found: Vec<Found<'_>> = plan.candidates.iter().zip(measured).map(|(candidate, measured)| Found { candidate, measured }).collect();
    match (plan.question, found.as_slice()) {
        (Question::SkipConnections, &[with, without]) => compare(&SKIP_CONNECTIONS, with, without),
        (Question::Order, &[second, first]) => compare(&ORDER, second, first),
        (Question::Depth, found) => degradation(found),
        (Question::Lesions, &[residual, plain]) => lesions(residual, plain),
        (Question::BatchNorm, &[both, skips, norm, neither]) => corners([both, norm], [skips, neither]),
        (Question::FirstStep, &[shallow, .., deep]) => first_step(shallow, deep),
        _ => text!("The networks could not be built.").into(),
    }
}

/// How the two networks of a comparison are called.
struct Names {
    /// Before “ends at”.
    subjects: [&'static str; 2],
    /// After “the loss”.
    of: [&'static str; 2],
}

const SKIP_CONNECTIONS: Names = Names {
    subjects: [marked!("the network with skip connections"), marked!("without them it")],
    of: [marked!("with skip connections"), marked!("without them")],
};
const ORDER: Names = Names {
    subjects: [marked!("ReLU before the sum"), marked!("ReLU after it")],
    of: [marked!("with ReLU before the sum"), marked!("with ReLU after it")],
};

fn compare(names: &Names, one: Found<'_>, other: Found<'_>) -> String {
    let depth = one.candidate.depth();
    let [of_one, of_other] = names.of.map(translated);
    match (end_of(one), end_of(other)) {
        (End::Loss(a), End::Loss(b)) => compare_losses(names, (one, a), (other, b)),
        (End::Diverged(a), End::Diverged(b)) => tr!(
            "At depth {depth} both losses stop being numbers, {of_one} at step {a}, {of_other} at step {b}.",
            depth,
            of_one,
            a,
            of_other,
            b
        ),
        (End::Loss(a), End::Diverged(b)) => tr!(
            "At depth {depth} the loss {of_one} ends at {a}; {of_other} it is no number from step {b} on.",
            depth,
            of_one,
            a = decimals(a, 2),
            of_other,
            b
        ),
        (End::Diverged(a), End::Loss(b)) => tr!(
            "At depth {depth} the loss {of_one} is no number from step {a} on; {of_other} it ends at {b}.",
            depth,
            of_one,
            a,
            of_other,
            b = decimals(b, 2)
        ),
        (End::NotMeasured, _) | (_, End::NotMeasured) => text!("No loss was measured.").into(),
    }
}

fn compare_losses(names: &Names, (one, a): (Found<'_>, f64), (other, b): (Found<'_>, f64)) -> String {
    let depth = one.candidate.depth();
    let ([subject, other_subject], [of_one, of_other]) = (names.subjects.map(translated), names.of.map(translated));
    let similar = translated(SIMILAR);
    let guesses = [(one, a), (other, b)].map(|(found, loss)| is_guessing(found, loss));
    let [a, b, guess] = [a, b, guessing_loss(one)].map(|loss| decimals(loss, 2));
    match (one.measured.ends_near(other.measured), guesses) {
        (true, [true, true]) => tr!(
            "At depth {depth} both networks {similar}: {a} {of_one}, {b} {of_other}; neither beats guessing ({guess}).",
            depth,
            similar,
            a,
            of_one,
            b,
            of_other,
            guess
        ),
        (true, _) => {
            tr!("At depth {depth} both networks {similar}: {a} {of_one}, {b} {of_other}.", depth, similar, a, of_one, b, of_other)
        }
        (false, [true, true]) => tr!(
            "At depth {depth} {subject} ends at a loss of {a}; {other_subject} ends at {b}; neither beats guessing ({guess}).",
            depth,
            subject,
            a,
            other_subject,
            b,
            guess
        ),
        (false, [true, false]) => tr!(
            "At depth {depth} {subject} ends at a loss of {a}, no better than guessing ({guess}); {other_subject} ends at {b}.",
            depth,
            subject,
            a,
            other_subject,
            b,
            guess
        ),
        (false, [false, true]) => tr!(
            "At depth {depth} {subject} ends at a loss of {a}; {other_subject} ends at {b}, no better than guessing ({guess}).",
            depth,
            subject,
            a,
            other_subject,
            b,
            guess
        ),
        (false, [false, false]) => {
            tr!("At depth {depth} {subject} ends at a loss of {a}; {other_subject} ends at {b}.", depth, subject, a, other_subject, b)
        }
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

fn end_of(Found { measured, .. }: Found<'_>) -> End {
    match (measured.end_loss(), measured.diverged_at()) {
        (Some(loss), _) => End::Loss(loss),
        (None, Some(step)) => End::Diverged(step + 1),
        (None, None) => End::NotMeasured,
    }
}

/// The loss of a network that gives every class the same probability.
fn guessing_loss(Found { candidate, .. }: Found<'_>) -> f64 {
    (candidate.spec.classes() as f64).ln()
}

fn is_guessing(found: Found<'_>, loss: f64) -> bool {
    loss >= GUESSING * guessing_loss(found)
}

fn degradation(found: &[Found<'_>]) -> String {
    let [residual, plain] = [true, false].map(|skip_connections| shallowest_and_deepest(found, skip_connections));
    let (Some(residual), Some(plain)) = (residual, plain) else {
        return text!("One depth alone makes no comparison.").into();
    };
    let broken = residual.into_iter().chain(plain).find_map(|found| Some((found, found.measured.diverged_at()?)));
    if let Some((Found { candidate, .. }, step)) = broken {
        let (depth, step) = (candidate.depth(), step + 1);
        return if candidate.spec.skip_connections() {
            tr!(
                "At depth {depth} with skip connections the loss is no number from step {step} on: the depths cannot be compared.",
                depth,
                step
            )
        } else {
            tr!(
                "At depth {depth} without skip connections the loss is no number from step {step} on: the depths cannot be compared.",
                depth,
                step
            )
        };
    }
    let is_worse = |[shallow, deep]: [Found<'_>; 2]| deep.measured.ends_worse_than(shallow.measured);
    let (Some(residual_worse), Some(plain_worse)) = (is_worse(residual), is_worse(plain)) else {
        return text!("No loss was measured.").into();
    };
    let (told, others) = if residual_worse { (residual, plain) } else { (plain, residual) };
    let [shallow, deep] = told.map(|found| found.candidate.depth());
    let ends = |pair: [Found<'_>; 2]| pair.map(|found| decimals(found.measured.end_loss().unwrap_or(f64::NAN), 2));
    let ([a, b], [c, d]) = (ends(told), ends(others));
    match (residual_worse, plain_worse) {
        (false, true) => tr!(
            "Deeper is worse without skip connections: loss {a} at depth {shallow}, {b} at depth {deep}; with them {c} and {d}.",
            a,
            shallow,
            b,
            deep,
            c,
            d
        ),
        (true, true) => tr!(
            "Deeper is worse with skip connections too: loss {a} at depth {shallow}, {b} at depth {deep}; without them {c} and {d}.",
            a,
            shallow,
            b,
            deep,
            c,
            d
        ),
        (true, false) => tr!(
            "Deeper is worse only with skip connections: loss {a} at depth {shallow}, {b} at depth {deep}; without them {c} and {d}.",
            a,
            shallow,
            b,
            deep,
            c,
            d
        ),
        (false, false) => tr!(
            "So few steps show no degradation: without skip connections loss {a} at depth {shallow}, {b} at depth {deep}; with them {c} \
             and {d}.",
            a,
            shallow,
            b,
            deep,
            c,
            d
        ),
    }
}

pub(super) fn lesioned<'a>(Found { candidate, measured }: Found<'a>) -> Option<Lesioned<'a>> {
    Some(Lesioned { spec: &candidate.spec, whole: measured.held_out?, lesions: &measured.lesions })
}

fn lesions(residual: Found<'_>, plain: Found<'_>) -> String {
    let (with, without) = match (lesioned(residual), lesioned(plain)) {
        (Some(with), Some(without)) => (with, without),
        (None, _) => return untested(residual),
        (Some(_), None) => return untested(plain),
    };
    let whole = |of: Lesioned<'_>| percent(f64::from(of.whole.accuracy));
    if !with.has_learnt() {
        let guessing = percent(1.0 / with.spec.classes() as f64);
        return tr!(
            "The residual network learnt too little to lose anything: it gets {share} right, and guessing gets {guessing}.",
            share = whole(with),
            guessing
        );
    }
    let Some(left) = with.mean_without_one() else { return text!("No block of the residual network could be removed.").into() };
    let (from, to, plain) = (whole(with), percent(left), whole(without));
    match without.mean_without_one() {
        _ if !without.has_learnt() => tr!(
            "Removing one block takes accuracy from {from} to {to} on average with skip connections; without them the network hardly \
             learnt ({plain}).",
            from,
            to,
            plain
        ),
        Some(left) => tr!(
            "Removing one block takes accuracy from {from} to {to} on average with skip connections, from {plain} to {plain_to} without.",
            from,
            to,
            plain,
            plain_to = percent(left)
        ),
        None => tr!(
            "Removing one block takes accuracy from {from} to {to} on average with skip connections; no block of the plain network can be \
             removed.",
            from,
            to
        ),
    }
}

/// Why blocks of a network were not removed.
fn untested(Found { candidate, measured }: Found<'_>) -> String {
    match (candidate.spec.skip_connections(), measured.diverged_at()) {
        (true, Some(step)) => {
            tr!("The residual network's loss is no number from step {step} on: no block is worth removing.", step = step + 1)
        }
        (true, None) => text!("The residual network was not tested on held-out images.").into(),
        (false, Some(step)) => {
            tr!("The plain network's loss is no number from step {step} on: no block is worth removing.", step = step + 1)
        }
        (false, None) => text!("The plain network was not tested on held-out images.").into(),
    }
}

/// `with_norm` and `without_norm` hold a network with skip connections and one without.
fn corners(with_norm: [Found<'_>; 2], without_norm: [Found<'_>; 2]) -> String {
    let change = |[before, after]: [Found<'_>; 2]| Change::at_first_step(before, after);
    let (Some(with_norm), Some(without_norm)) = (change(with_norm), change(without_norm)) else {
        return text!("No gradient was measured.").into();
    };
    // The gradient is named once.
    let words = |change: Change, is_named: bool| match (change, is_named) {
        (Change::Smaller(ratio), false) => tr!("makes the first-stage gradient {times} times smaller", times = short_times(ratio)),
        (Change::Smaller(ratio), true) => tr!("makes it {times} times smaller", times = short_times(ratio)),
        (Change::Larger(ratio), false) => tr!("makes the first-stage gradient {times} times larger", times = short_times(ratio)),
        (Change::Larger(ratio), true) => tr!("makes it {times} times larger", times = short_times(ratio)),
        (Change::Hardly, false) => text!("hardly changes the first-stage gradient").into(),
        (Change::Hardly, true) => text!("hardly changes it").into(),
        (Change::Gone, _) => text!("leaves no gradient").into(),
        (Change::NoneBefore, _) => text!("finds no gradient to change").into(),
        (Change::TooLarge, _) => text!("meets gradients too large for a number").into(),
    };
    tr!(
        "Without batch norm, removing skip connections {without}; with batch norm it {with}.",
        without = words(without_norm, false),
        with = words(with_norm, true)
    )
}

fn first_step(shallow: Found<'_>, deep: Found<'_>) -> String {
    let Some(change) = Change::at_first_step(shallow, deep) else { return text!("No gradient was measured.").into() };
    let [from, to] = [shallow, deep].map(|found| found.candidate.depth());
    match change {
        Change::Smaller(ratio) => tr!(
            "From depth {from} to {to} the gradient that reaches stage 1 becomes {times} times smaller, before any training.",
            from,
            to,
            times = short_times(ratio)
        ),
        Change::Larger(ratio) => tr!(
            "From depth {from} to {to} the gradient that reaches stage 1 becomes {times} times larger, before any training.",
            from,
            to,
            times = short_times(ratio)
        ),
        Change::Hardly => {
            tr!("From depth {from} to {to} the gradient that reaches stage 1 hardly changes, before any training.", from, to)
        }
        Change::Gone => {
            tr!("From depth {from} to {to} the gradient that reaches stage 1 vanishes altogether, before any training.", from, to)
        }
        Change::NoneBefore => tr!("Already at depth {from} no gradient reaches stage 1, before any training.", from),
        Change::TooLarge => {
            tr!("From depth {from} to {to} the gradient that reaches stage 1 gets too large for a number, before any training.", from, to)
        }
    }
}
