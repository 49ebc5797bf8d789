//! A report on the held-out images: HTML for the page, or a file.

use serde::{Deserialize, Serialize};

use super::WorkbenchAnswer;
use crate::protocol::decode;
use crate::report::{ClassReport, Predictions, View, cell_html, classes_as_csv, report_as_text, report_html};

/// What is to be reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportRequest {
    /// [`Predictions`] as the trainer encoded them.
    pub predictions: Vec<u8>,
    /// Names of the classes that take part.
    pub names: Vec<String>,
    /// Which of the network's answers count.
    pub view: View,
    /// What is wanted of it.
    pub part: ReportPart,
}

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportPart {
    /// All that is shown at first.
    Whole,
    /// The images of one class that are taken for one; classes counted from 0.
    Cell {
        /// What the images show.
        label: usize,
        /// What they are taken for.
        predicted: usize,
    },
    /// Scores of the classes as a CSV file.
    Csv,
    /// The whole report as a text file.
    Text,
}

/// The HTML or the file, or a sentence about why there is none.
pub(super) fn report(request: &ReportRequest) -> Result<WorkbenchAnswer, String> {
    let ReportRequest { predictions, names, view, part } = request;
    let predictions: Predictions = decode(predictions).map_err(|error| error.to_string())?;
    let written = |error: crate::report::ReportError| error.to_string();
    let file = |extension: &str, text: String| {
        let name = format!("resnet-playground-report-step-{}.{extension}", predictions.steps_done);
        WorkbenchAnswer::File { name, bytes: text.into_bytes() }
    };
    Ok(match *part {
        ReportPart::Whole => WorkbenchAnswer::Html(report_html(&predictions, names, *view).map_err(written)?),
        ReportPart::Cell { label, predicted } => {
            WorkbenchAnswer::Html(cell_html(&predictions, names, *view, (label, predicted)).map_err(written)?)
        }
        ReportPart::Csv => file("csv", classes_as_csv(&ClassReport::new(&predictions.outcomes(*view).map_err(written)?), names)),
        ReportPart::Text => file("txt", report_as_text(&predictions.outcomes(*view).map_err(written)?, names)),
    })
}
