//! What an evaluation found, in sentences.

use super::{Evaluation, Report, View};
use crate::language::format::{decimals, grouped};
use crate::language::{text, tr};

/// Difference of mean confidence and accuracy from which a network counts as over- or underconfident.
const NOTEWORTHY: f64 = 0.03;

/// A share with one decimal and a no-break space: `38.3 %`.
pub fn percent(share: f64) -> String {
    format!("{}\u{a0}%", decimals(share * 100.0, 1))
}

/// A share as a whole number: `38 %`.
pub fn whole_percent(share: f64) -> String {
    format!("{}\u{a0}%", decimals(share * 100.0, 0))
}

/// Name of a class; a number for one that has none.
pub fn class_name(names: &[String], class: usize) -> String {
    names.get(class).cloned().unwrap_or_else(|| tr!("class {number}", number = class + 1))
}

/// The result in a few sentences: what is right, the best and the worst class, the most frequent confusion.
pub fn result_sentences(evaluation: &Evaluation, view: View, names: &[String]) -> String {
    let report = evaluation.of(view);
    let other = percent(evaluation.of(view.other()).accuracy());
    let steps = grouped(evaluation.steps_done);
    let (right, images, share) = (grouped(report.right), grouped(report.images), percent(report.accuracy()));
    let (result, otherwise) = match view {
        View::WithMirrorImages => (
            tr!(
                "After {steps} step {right} of {images} test images are right ({share}), each averaged with its mirror image."
                    | "After {steps} steps {right} of {images} test images are right ({share}), each averaged with its mirror image."
                        % evaluation.steps_done,
                steps,
                right,
                images,
                share
            ),
            tr!("Without mirror images: {share}.", share = other),
        ),
        View::Plain => (
            tr!(
                "After {steps} step {right} of {images} test images are right ({share})."
                    | "After {steps} steps {right} of {images} test images are right ({share})." % evaluation.steps_done,
                steps,
                right,
                images,
                share
            ),
            tr!("With mirror images: {share}.", share = other),
        ),
    };
    let loss = tr!("Mean loss {loss}.", loss = decimals(report.loss, 3));
    [result, loss].into_iter().chain(extremes(report, names)).chain([otherwise]).collect::<Vec<_>>().join(" ")
}

/// The best and the worst class by recall, and the most frequent confusion.
fn extremes(report: &Report, names: &[String]) -> Vec<String> {
    let recalls = report.scores.classes.iter().enumerate().filter(|(_, scores)| scores.support > 0);
    let recalls = recalls.map(|(class, scores)| (class, scores.recall));
    let by_recall = |one: &(usize, f64), other: &(usize, f64)| one.1.total_cmp(&other.1);
    let (best, worst) = (recalls.clone().max_by(by_recall), recalls.min_by(by_recall));
    let (Some(best), Some(worst)) = (best, worst) else { return Vec::new() };
    let told = |(class, recall): (usize, f64)| format!("{} {}", class_name(names, class), whole_percent(recall));
    let spread = (best.1 > worst.1).then(|| tr!("Best: {best}; worst: {worst}.", best = told(best), worst = told(worst)));
    spread.into_iter().chain(most_confused(report, names)).collect()
}

fn most_confused(report: &Report, names: &[String]) -> Option<String> {
    let classes = 0..report.scores.classes.len();
    let pairs = classes.clone().flat_map(|label| classes.clone().map(move |predicted| (label, predicted)));
    let wrong = pairs.filter(|(label, predicted)| label != predicted);
    let counted = wrong.map(|(label, predicted)| (label, predicted, report.confusion.count(label, predicted)));
    match counted.max_by_key(|(_, _, count)| *count) {
        Some((label, predicted, count)) if count > 0 => {
            let all = grouped(report.confusion.images_of(label));
            Some(tr!(
                "Most frequent confusion: {label} → {predicted} ({count} of {all}).",
                label = class_name(names, label),
                predicted = class_name(names, predicted),
                count,
                all
            ))
        }
        _ => None,
    }
}

/// How mean confidence and accuracy compare, in a word.
pub fn confidence_word(report: &Report) -> &'static str {
    match report.calibration.confidence - report.accuracy() {
        more if more > NOTEWORTHY => text!("overconfident"),
        less if less < -NOTEWORTHY => text!("underconfident"),
        _ => text!("well calibrated"),
    }
}

/// Whether the network's confidence is justified, in sentences.
pub fn calibration_sentence(report: &Report) -> String {
    let calibration = &report.calibration;
    tr!(
        "Mean confidence {confidence}, accuracy {accuracy}: {word}. Expected calibration error {error}.",
        confidence = percent(calibration.confidence),
        accuracy = percent(report.accuracy()),
        word = confidence_word(report),
        error = percent(calibration.expected_error)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::Predictions;

    fn names() -> Vec<String> {
        ["cat", "dog"].map(str::to_owned).to_vec()
    }

    /// Two cats and two dogs; one dog is taken for a cat.
    fn evaluation() -> Evaluation {
        let plain = vec![0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.1, 0.9];
        Evaluation::new(&Predictions {
            steps_done: 6,
            classes: 2,
            with_mirror_images: vec![0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.1, 0.9],
            plain,
            labels: vec![0, 0, 1, 1],
            pixels: Vec::new(),
        })
        .unwrap()
    }

    #[test]
    fn the_result_begins_with_what_is_right() {
        let sentences = result_sentences(&evaluation(), View::Plain, &names());
        assert!(sentences.starts_with("After 6 steps 3 of 4 test images are right (75.0\u{a0}%). Mean loss"), "{sentences}");
        assert!(sentences.contains("Best: cat 100\u{a0}%; worst: dog 50\u{a0}%."), "{sentences}");
        assert!(sentences.contains("Most frequent confusion: dog → cat (1 of 2)."), "{sentences}");
        assert!(sentences.ends_with("With mirror images: 100.0\u{a0}%."), "{sentences}");
    }

    #[test]
    fn mirror_images_are_named() {
        let sentences = result_sentences(&evaluation(), View::WithMirrorImages, &names());
        assert!(sentences.contains("4 of 4 test images are right (100.0\u{a0}%), each averaged with its mirror image."), "{sentences}");
        assert!(sentences.ends_with("Without mirror images: 75.0\u{a0}%."), "{sentences}");
        assert!(!sentences.contains("worst"), "all classes are alike: {sentences}");
    }

    #[test]
    fn confidence_beyond_accuracy_is_overconfidence() {
        let mut report = evaluation().plain;
        report.calibration.confidence = 0.9;
        assert_eq!(confidence_word(&report), "overconfident");
        report.calibration.confidence = 0.6;
        assert_eq!(confidence_word(&report), "underconfident");
        report.calibration.confidence = 0.76;
        assert_eq!(confidence_word(&report), "well calibrated");
        assert!(calibration_sentence(&report).starts_with("Mean confidence 76.0\u{a0}%, accuracy 75.0\u{a0}%: well calibrated."));
    }

    #[test]
    fn a_class_without_a_name_has_a_number() {
        assert_eq!(class_name(&names(), 2), "class 3");
    }
}
