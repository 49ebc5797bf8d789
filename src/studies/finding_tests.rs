//! Every finding that numbers can lead to: short, and true to them.

use super::tests::{held_out, measured, plan};
use super::*;
use crate::insight::lesion::Lesion;
use crate::spec::{BlockPlace, Named};

const MOST_WORDS: usize = 25;
/// Losses of two classes or ten: learnt, guessing between two, near it, guessing among ten, far worse, and no number.
const LOSSES: [f32; 6] = [0.31, 0.69, 0.7, 2.3, 1234.5, f32::NAN];
const NORMS: [f32; 5] = [0.0, 1e-30, 0.1, 0.15, f32::INFINITY];

fn end(question: Question, network: impl Fn(usize, &Candidate) -> Measured) -> ExperimentReport {
    let mut study = Study::new(plan(question));
    for (place, candidate) in study.plan.candidates.clone().iter().enumerate() {
        study.note(place, network(place, candidate));
    }
    study.end()
}

fn with_loss(candidate: &Candidate, loss: f32, norm: f32) -> Measured {
    let mut measured = measured(candidate, 12, loss, [norm; 2]);
    if loss.is_nan() {
        measured.held_out = None;
    }
    measured
}

fn assert_short(finding: &str) {
    let words = finding.split_whitespace().count();
    assert!((1..=MOST_WORDS).contains(&words), "{words} words: {finding}");
    assert!(finding.ends_with('.') && !finding.trim_end_matches('.').contains(". "), "one sentence: {finding}");
}

/// Every `1.20` in a sentence.
fn losses_in(finding: &str) -> Vec<String> {
    let words = finding.split_whitespace().map(|word| word.trim_matches(|letter: char| !letter.is_ascii_digit()).to_owned());
    words.filter(|word| word.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 2)).collect()
}

#[test]
fn comparisons_of_two_are_short_and_give_both_losses() {
    for question in [Question::SkipConnections, Question::Order] {
        for one in LOSSES {
            for other in LOSSES {
                let finding = end(question, |place, candidate| with_loss(candidate, [one, other][place], 0.1)).finding;
                assert_short(&finding);
                let numbers = [one, other].into_iter().filter(|loss| loss.is_finite()).map(|loss| format!("{loss:.2}"));
                let mut wanted: Vec<String> = numbers.collect();
                // What guessing gives stands beside what is no better.
                wanted.extend(finding.contains("guessing").then(|| format!("{:.2}", 10f64.ln())));
                // The one that ends comes last where the other has no number.
                let mut said = losses_in(&finding);
                wanted.sort();
                said.sort();
                assert_eq!(said, wanted, "the measured losses: {finding}");
                let guesses = [one, other].map(|loss| f64::from(loss) >= 0.95 * 10f64.ln());
                assert_eq!(finding.contains("no better than guessing"), guesses[0] != guesses[1] && one.is_finite() && other.is_finite());
                assert_eq!(finding.contains("neither beats guessing"), guesses == [true; 2], "{finding}");
                assert_eq!(finding.matches("step 1").count(), [one, other].iter().filter(|loss| loss.is_nan()).count(), "{finding}");
            }
        }
    }
}

#[test]
fn degradation_is_named_only_where_it_was_measured() {
    for ends in every_four(&LOSSES) {
        // Shallow with, shallow without, …, deep with, deep without: those between do not count.
        let finding = end(Question::Depth, |place, candidate| {
            let loss = match place {
                0 | 1 => ends[place],
                6 | 7 => ends[place - 4],
                _ => 0.5,
            };
            with_loss(candidate, loss, 0.1)
        })
        .finding;
        assert_short(&finding);
        if ends.iter().any(|loss| loss.is_nan()) {
            assert!(finding.contains("cannot be compared"), "{finding}");
            continue;
        }
        let [with, without, deep_with, deep_without] = ends;
        let worse = |shallow: f32, deep: f32| deep > 1.05 * shallow;
        assert_eq!(finding.starts_with("Deeper is worse without"), !worse(with, deep_with) && worse(without, deep_without), "{finding}");
        assert_eq!(finding.contains("no degradation"), !worse(with, deep_with) && !worse(without, deep_without), "{finding}");
        let mut said = losses_in(&finding);
        let mut wanted = ends.map(|loss| format!("{loss:.2}")).to_vec();
        said.sort();
        wanted.sort();
        assert_eq!(said, wanted, "{finding}");
    }
}

fn every_four(of: &[f32]) -> Vec<[f32; 4]> {
    let mut found = Vec::new();
    for a in of {
        for b in of {
            for c in of {
                found.extend(of.iter().map(|d| [*a, *b, *c, *d]));
            }
        }
    }
    found
}

#[test]
fn findings_about_gradients_are_short_and_name_the_direction() {
    for [both, skips, norm, neither] in every_four(&NORMS) {
        let norms = [both, skips, norm, neither];
        let finding = end(Question::BatchNorm, |place, candidate| with_loss(candidate, 2.0, norms[place])).finding;
        assert_short(&finding);
        let (without_norm, with_norm) = finding.split_once("; with batch norm").expect("two halves");
        for (half, before, after) in [(without_norm, skips, neither), (with_norm, both, norm)] {
            let finite = before.is_finite() && after.is_finite();
            assert_eq!(half.contains("smaller"), finite && after > 0.0 && after < before / 2.0, "{before} to {after}: {half}");
            assert_eq!(half.contains("larger"), finite && before > 0.0 && after > before * 2.0, "{before} to {after}: {half}");
            assert_eq!(half.contains("too large"), !finite, "{before} to {after}: {half}");
        }
    }
    for [before, _, _, after] in every_four(&NORMS) {
        let finding =
            end(Question::FirstStep, |place, candidate| with_loss(candidate, 2.3, if place == 0 { before } else { after })).finding;
        assert_short(&finding);
        let finite = before.is_finite() && after.is_finite();
        assert_eq!(finding.contains("vanishes altogether"), finite && before > 0.0 && after == 0.0, "{before} to {after}: {finding}");
        assert_eq!(finding.contains("smaller"), finite && after > 0.0 && after < before / 2.0, "{before} to {after}: {finding}");
    }
}

#[test]
fn findings_about_lesions_are_short_and_give_the_measured_shares() {
    // Accuracy whole and without a block: learnt, guessing, no block can be removed, and not tested.
    let cases = [Some((0.9, Some(0.8))), Some((1.0, Some(1.0))), Some((0.1, Some(0.1))), Some((0.9, None)), None];
    for one in cases {
        for other in cases {
            let finding = end(Question::Lesions, |place, candidate| {
                let mut measured = with_loss(candidate, if place == 0 && one.is_none() { f32::NAN } else { 0.4 }, 0.1);
                let case = [one, other][place];
                measured.held_out = case.map(|(whole, _)| held_out(whole));
                let left = case.and_then(|(_, left)| left);
                let lesion = Lesion::Without(BlockPlace { stage: 0, block: 1 });
                measured.lesions = left.map(|left| (lesion, held_out(left))).into_iter().collect();
                measured
            })
            .finding;
            assert_short(&finding);
            if let (Some((whole, Some(left))), Some(_)) = (one, other) {
                assert!(whole < 0.2 || finding.contains(&format!("from {:.0} % to {:.0} %", whole * 100.0, left * 100.0)), "{finding}");
            }
        }
    }
}

#[test]
fn nothing_measured_is_said_as_such() {
    for question in <Question as Named>::ALL {
        assert_short(&end(*question, |_, _| Measured::default()).finding);
    }
}
