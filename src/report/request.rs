//! What the page wants to see of a report.

use serde::{Deserialize, Serialize};

use super::View;

/// A question about predictions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportRequest {
    /// [`Predictions`](super::Predictions) as the trainer encoded them.
    pub predictions: Vec<u8>,
    /// Names of the classes that take part.
    pub names: Vec<String>,
    /// Which of the network's answers count.
    pub view: View,
    /// What is wanted.
    pub part: ReportPart,
}

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportPart {
    /// All that is shown at first, as HTML.
    Whole,
    /// The images of one class that are taken for one, as HTML; classes counted from 0, the true one first.
    Cell(usize, usize),
    /// Scores of the classes as a CSV file.
    Csv,
    /// The whole report as a text file.
    Text,
}

/// Name of a file with the report after so many steps.
pub fn file_name(steps_done: usize, extension: &str) -> String {
    format!("resnet-playground-report-step-{steps_done}.{extension}")
}
