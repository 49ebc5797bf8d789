//! A report as files: scores as CSV, everything as text.

use super::{Calibration, ClassReport, ConfusionMatrix, Report, Scores};
use crate::language::csv_table::CsvTable;

const MACRO: &str = "macro avg";
const WEIGHTED: &str = "weighted avg";

/// A line for each class and for each average (RFC 4180); the share of right answers is the recall of `accuracy`.
pub fn classes_as_csv(report: &ClassReport, names: &[String]) -> String {
    let mut table = CsvTable::new(["class", "precision", "recall", "f1", "support"]);
    for (name, Scores { precision, recall, f1, support }) in rows(report, names) {
        table.row([name, &precision.to_string(), &recall.to_string(), &f1.to_string(), &support.to_string()]);
    }
    table.row(["accuracy", "", &report.accuracy.to_string(), "", &report.macro_average.support.to_string()]);
    table.into_text()
}

/// Scores in scikit-learn's layout, confusion matrix and calibration.
pub fn report_as_text(report: &Report, names: &[String]) -> String {
    format!(
        "{}\nLoss {:.4} nats\n\nRows: true class; columns: predicted class, in the order above\n{}\nExpected calibration error {:.4}\n\
         confidence up to  images  mean confidence  accuracy\n{}",
        scores_as_text(&report.scores, names),
        report.loss,
        matrix_as_text(&report.confusion, names),
        report.calibration.expected_error,
        bins_as_text(&report.calibration)
    )
}

/// The text that scikit-learn's `classification_report` gives.
fn scores_as_text(report: &ClassReport, names: &[String]) -> String {
    let lengths = names.iter().map(|name| name.chars().count());
    let width = lengths.chain([WEIGHTED.len()]).max().unwrap_or_default();
    let mut text = format!("{:>width$}  {:>9} {:>9} {:>9} {:>9}\n\n", "", "precision", "recall", "f1-score", "support");
    let all = rows(report, names);
    let line = |(name, scores): &(&str, Scores)| {
        format!("{name:>width$}  {:>9.2} {:>9.2} {:>9.2} {:>9}\n", scores.precision, scores.recall, scores.f1, scores.support)
    };
    let (classes, averages) = all.split_at(report.classes.len());
    classes.iter().for_each(|row| text += &line(row));
    text += &format!("\n{:>width$}  {:>9} {:>9} {:>9.2} {:>9}\n", "accuracy", "", "", report.accuracy, report.macro_average.support);
    averages.iter().for_each(|row| text += &line(row));
    text
}

fn rows<'a>(report: &ClassReport, names: &'a [String]) -> Vec<(&'a str, Scores)> {
    let name = |class: usize| names.get(class).map_or("", String::as_str);
    let classes = report.classes.iter().enumerate().map(|(class, scores)| (name(class), *scores));
    classes.chain([(MACRO, report.macro_average), (WEIGHTED, report.weighted_average)]).collect()
}

fn matrix_as_text(matrix: &ConfusionMatrix, names: &[String]) -> String {
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    let line = |(label, name): (usize, &String)| {
        let counts: String = matrix.row(label).iter().map(|count| format!(" {count:>6}")).collect();
        format!("{name:>width$}{counts}\n")
    };
    names.iter().enumerate().map(line).collect()
}

fn bins_as_text(calibration: &Calibration) -> String {
    let line = |(place, bin): (usize, &super::Bin)| {
        let upper = (place + 1) as f64 / super::BINS as f64;
        format!("{upper:>16.1}  {:>6}  {:>15.4}  {:>8.4}\n", bin.images, bin.confidence, bin.accuracy)
    };
    calibration.bins.iter().enumerate().map(line).collect()
}
