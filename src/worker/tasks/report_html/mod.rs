//! A report as HTML. Whatever can be pressed is a button whose `id` says what it does.

mod calibration;
mod classes;
mod matrix;
mod pictures;
mod shown;
mod summary;

use shown::Shown;

use crate::evaluation::{Predictions, ReportError, View};

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

#[cfg(test)]
mod tests;
