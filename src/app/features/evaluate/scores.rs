//! Precision, recall and F1 of each class.

use leptos::prelude::*;

use crate::app::components::{Column, DataTable};
use crate::evaluation::{Report, Scores as ClassScores, class_name, percent};
use crate::language::format::grouped;
use crate::language::{marked, text};

use super::shown::Shown;

const COLUMNS: &[Column] = &[
    Column::words(marked!("Class")),
    Column::number(marked!("Precision"), marked!("Of the images predicted as the class, the share that shows it")),
    Column::number(marked!("Recall"), marked!("Of the images that show the class, the share that is found")),
    Column::number("F1", marked!("Harmonic mean of precision and recall")),
    Column::number(marked!("Images"), marked!("Test images that show the class")),
];

/// A row for each class, and two means.
#[expect(clippy::needless_pass_by_value, reason = "properties of a component are its own")]
#[component]
pub fn Scores(
    /// The report.
    shown: Shown,
) -> impl IntoView {
    let rows = rows(shown.report(), &shown.names);
    view! {
        <section class="evaluate-section">
            <h3>{text!("Precision, recall and F1")}</h3>
            <DataTable name=text!("Precision, recall and F1") columns=COLUMNS rows=Signal::stored(rows) />
            <p class="evaluate-text">
                {text!(
                    "Precision: of the images predicted as the class, the share that shows it. Recall: of the images that show it, the \
                     share that is found. F1: their harmonic mean."
                )}
            </p>
        </section>
    }
}

fn rows(report: &Report, names: &[String]) -> Vec<Vec<String>> {
    let scores = &report.scores;
    let row = |name: String, scores: &ClassScores| {
        vec![name, percent(scores.precision), percent(scores.recall), percent(scores.f1), grouped(scores.support)]
    };
    let classes = scores.classes.iter().enumerate().map(|(class, scores)| row(class_name(names, class), scores));
    let means = [(text!("mean of the classes"), &scores.macro_average), (text!("mean of the images"), &scores.weighted_average)];
    classes.chain(means.map(|(name, scores)| row(name.to_owned(), scores))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{Evaluation, Predictions};

    #[test]
    fn each_class_has_a_row_and_two_means_follow() {
        let plain = vec![0.9, 0.1, 0.6, 0.4];
        let predictions =
            Predictions { classes: 2, with_mirror_images: plain.clone(), plain, labels: vec![0, 1], ..Predictions::default() };
        let report = Evaluation::new(&predictions).unwrap().plain;
        let rows = rows(&report, &["cat".to_owned()]);
        let first: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(first, ["cat", "class 2", "mean of the classes", "mean of the images"]);
        assert_eq!(rows[0][1..], ["50.0\u{a0}%", "100.0\u{a0}%", "66.7\u{a0}%", "1"].map(str::to_owned), "one of two is a cat");
    }
}
