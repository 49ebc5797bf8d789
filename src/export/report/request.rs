//! What a report is made of.

use serde::{Deserialize, Serialize};

use crate::evaluation::gap::GapMetrics;
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::studies::ExperimentReport;

/// What a report is made of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportRequest {
    /// Who hands it in; may be empty.
    pub author: String,
    /// What they write, paragraphs apart by empty lines; may be empty.
    pub text: String,
    /// When it was made, in words.
    pub date: String,
    /// Which page made it: name and version.
    pub made_by: String,
    /// What the link's author asked for and how far it was reached, in a sentence.
    pub goal: Option<String>,
    /// Runs, oldest first.
    pub runs: Vec<ReportedRun>,
    /// Answers of one-click experiments.
    pub answers: Vec<ReportedAnswer>,
}

/// A run in a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportedRun {
    /// What the page calls it: `run 3`, `3 · baseline`.
    pub label: String,
    /// Steps done and what has to be known about the numbers, for people.
    pub extent: String,
    /// The address that repeats it.
    pub link: String,
    /// Whether its first weights came from a file, which no link holds.
    pub from_file: bool,
    /// Steps measured, in order.
    pub steps: Vec<StepMetrics>,
    /// Passes over the held-out images, in order.
    pub held_out: Vec<HeldOutMetrics>,
    /// Why its training accuracy and its held-out accuracy differ, where that was measured.
    pub gap: Option<GapMetrics>,
}

/// The answer of a one-click experiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportedAnswer {
    /// What was asked.
    pub question: String,
    /// What was found.
    pub report: ExperimentReport,
}
