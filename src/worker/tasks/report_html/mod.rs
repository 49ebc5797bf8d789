//! A report as HTML. Whatever can be pressed is a button whose `id` says what it does.

mod calibration;
mod classes;
mod matrix;
mod pictures;
mod summary;

use crate::evaluation::{Outcomes, Predictions, ReportError, View};

/// Starts of ids, before the true and the predicted class of a cell.
const CELL: &str = "report-cell-";

/// What the parts are written from.
#[derive(Clone, Copy)]
struct Shown<'a> {
    predictions: &'a Predictions,
    outcomes: &'a Outcomes<'a>,
    names: &'a [String],
}

impl Shown<'_> {
    /// Name of a class, safe inside an element or an attribute.
    fn name(&self, class: usize) -> String {
        let numbered = || format!("class {}", class + 1);
        crate::drawing::escape::escape(&self.names.get(class).cloned().unwrap_or_else(numbered))
    }
}

/// All that is shown at first.
///
/// # Errors
/// When the predictions cannot be read.
pub fn report_html(predictions: &Predictions, names: &[String], view: View) -> Result<String, ReportError> {
    let outcomes = predictions.outcomes(view)?;
    let shown = Shown { predictions, outcomes: &outcomes, names };
    Ok([
        concat!("<style>", include_str!("report.css"), "</style>").into(),
        summary::html(shown, view)?,
        matrix::html(shown),
        "<div class=report-parts>".into(),
        classes::html(shown),
        calibration::html(shown),
        "</div>".into(),
        pictures::most_wrong_html(shown),
    ]
    .concat())
}

/// The images of class `label` that are taken for class `predicted`.
///
/// # Errors
/// When the predictions cannot be read.
pub fn cell_html(predictions: &Predictions, names: &[String], view: View, cell: (usize, usize)) -> Result<String, ReportError> {
    let outcomes = predictions.outcomes(view)?;
    Ok(pictures::cell_html(Shown { predictions, outcomes: &outcomes, names }, cell))
}

/// A share with one decimal: `38.3 %`.
fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

#[cfg(test)]
mod tests;
