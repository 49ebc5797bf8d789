use serde::Deserialize;

use super::*;

/// What scikit-learn printed of made-up predictions; `make.py` beside it.
#[derive(Deserialize)]
struct Reference {
    names: Vec<String>,
    labels: Vec<u16>,
    probabilities: Vec<f32>,
    report: serde_json::Value,
    text: String,
    confusion: Vec<Vec<usize>>,
    loss: f64,
    calibration_error: f64,
}

fn reference() -> Reference {
    serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/classification_report/sklearn.json"))).unwrap()
}

impl Reference {
    fn outcomes(&self) -> Outcomes<'_> {
        Outcomes::new(&self.probabilities, &self.labels, self.names.len()).unwrap()
    }
}

#[test]
fn scores_are_those_of_scikit_learn_divisions_by_zero_among_them() {
    let reference = reference();
    let report = ClassReport::new(&reference.outcomes());
    let check = |name: &str, scores: &Scores| {
        let wanted = |score: &str| reference.report[name][score].as_f64().unwrap();
        for (score, found) in [("precision", scores.precision), ("recall", scores.recall), ("f1-score", scores.f1)] {
            assert!((found - wanted(score)).abs() < 1e-12, "{score} of {name}: {found} is not {}", wanted(score));
        }
        assert_eq!(scores.support as f64, wanted("support"), "images of {name}");
    };
    for (name, scores) in reference.names.iter().zip(&report.classes) {
        check(name, scores);
    }
    check("macro avg", &report.macro_average);
    check("weighted avg", &report.weighted_average);
    assert!((report.accuracy - reference.report["accuracy"].as_f64().unwrap()).abs() < 1e-12, "accuracy {}", report.accuracy);
    assert_eq!(report.classes[4].support, 0, "no image shows the last class");
}

#[test]
fn loss_and_confusions_are_those_of_scikit_learn() {
    let reference = reference();
    let outcomes = reference.outcomes();
    assert!((outcomes.loss() - reference.loss).abs() < 1e-6, "{} is not {}", outcomes.loss(), reference.loss);
    let matrix = ConfusionMatrix::new(&outcomes);
    let rows: Vec<_> = (0..5).map(|label| matrix.row(label).to_vec()).collect();
    assert_eq!(rows, reference.confusion, "rows are true classes");
    assert_eq!(matrix.taken_for(4), 6, "a column's sum");
}

#[test]
fn the_text_begins_with_what_scikit_learn_prints() {
    let reference = reference();
    let text = report_as_text(&Report::of_outcomes(&reference.outcomes()), &reference.names);
    assert_eq!(text.get(..reference.text.len()), Some(reference.text.as_str()), "to the letter");
    assert!(text.contains("    cat     16      2      6      0      2"), "the confusion matrix follows: {text}");
    assert!(text.ends_with("             1.0       1           0.9112    1.0000\n"), "and ten bins, the last of them: {text}");
}

#[test]
fn scores_as_csv_have_a_line_for_each_class_and_average() {
    let reference = reference();
    let mut names = reference.names.clone();
    names[1] = "a \"frog\", green".into();
    let csv = classes_as_csv(&ClassReport::new(&reference.outcomes()), &names);
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(lines.len(), 1 + 5 + 3, "classes, two means and the accuracy");
    assert!(
        lines[2].starts_with("\"a \"\"frog\"\", green\",0.75,0.7894736842105263,"),
        "names are quoted, numbers are whole: {}",
        lines[2]
    );
    assert_eq!(lines[8], "accuracy,,0.65,,60");
}

#[test]
fn reliability_bins_hold_their_upper_edges_and_the_error_is_weighted() {
    // Confidences 0.5 (right), 0.5 (wrong), 0.75 (right), 1.0 (wrong).
    let probabilities = [0.5, 0.3, 0.2, 0.5, 0.3, 0.2, 0.75, 0.25, 0.0, 1.0, 0.0, 0.0];
    let calibration = Calibration::new(&Outcomes::new(&probabilities, &[0, 1, 0, 2], 3).unwrap());
    let counts: Vec<_> = calibration.bins.iter().map(|bin| bin.images).collect();
    assert_eq!(counts, [0, 0, 0, 0, 2, 0, 0, 1, 0, 1], "0.5 is in (0.4, 0.5], 1 in the last");
    assert_eq!(calibration.bins[4], Bin { images: 2, confidence: 0.5, accuracy: 0.5 });
    // 2/4 · 0 + 1/4 · 0.25 + 1/4 · 1.
    assert!((calibration.expected_error - 0.3125).abs() < 1e-12, "{}", calibration.expected_error);
    assert!((calibration.confidence - 0.6875).abs() < 1e-12, "their mean");
    let reference = reference();
    let error = Calibration::new(&reference.outcomes()).expected_error;
    assert!((error - reference.calibration_error).abs() < 1e-6, "{error} is not NumPy's {}", reference.calibration_error);
    let sure_and_right = Outcomes::new(&[1.0, 0.0], &[0], 2).unwrap();
    assert_eq!(Calibration::new(&sure_and_right).expected_error, 0.0, "nothing to improve");
}

#[test]
fn the_surest_mistakes_come_first_and_right_answers_never() {
    let probabilities = [0.9, 0.1, 0.2, 0.8, 0.4, 0.6, 0.01, 0.99];
    let outcomes = Outcomes::new(&probabilities, &[1, 0, 0, 1], 2).unwrap();
    let images = |most| most_wrong(&outcomes, most).iter().map(|mistake| mistake.image).collect::<Vec<_>>();
    assert_eq!(images(12), [0, 1, 2], "the last is right");
    assert_eq!(images(2), [0, 1], "no more than asked");
}

#[test]
fn the_most_probable_classes_are_ranked_and_what_is_no_number_comes_last() {
    let ranked = most_probable(&[0.2, f32::NAN, 0.5, 0.2], 5);
    let classes: Vec<_> = ranked.iter().map(|(class, _)| *class).collect();
    assert_eq!(classes, [2, 0, 3, 1], "the first of equals comes first");
    assert_eq!(most_probable(&[0.2, 0.5, 0.3], 2), [(1, 0.5), (2, 0.3)], "no more than asked");
}

#[test]
fn predictions_that_do_not_belong_together_are_refused() {
    let refused = |probabilities: &[f32], labels: &[u16], classes| Outcomes::new(probabilities, labels, classes).unwrap_err().to_string();
    assert!(refused(&[], &[], 10).contains("no held-out images"));
    assert!(refused(&[0.5; 3], &[0, 1], 2).contains("3 probabilities do not fit 2 images of 2 classes"));
    assert!(refused(&[0.5; 4], &[0, 7], 2).contains("image 2 is said to be of class 8"), "the place of what is wrong");
    assert!(refused(&[], &[1], usize::MAX).contains("0 probabilities"), "sizes that overflow are no panic");
    let diverged = Outcomes::new(&[f32::NAN; 4], &[0, 1], 2).unwrap();
    assert!(diverged.loss().is_nan(), "what is no number stays none");
    assert_eq!(Calibration::new(&diverged).bins.iter().map(|bin| bin.images).sum::<usize>(), 0, "and has no confidence");
}
