//! How good a classifier is, from what it says of images it never learnt from: scores of each class, confusions, its worst
//! mistakes, and whether it is as sure as it may be.

pub mod metrics;

mod calibration;
mod class_scores;
mod confusion;
mod most_wrong;
mod outcomes;
mod predictions;
mod ranking;
mod text;

pub use calibration::{BINS, Bin, Calibration};
pub use class_scores::{ClassReport, Scores};
pub use confusion::ConfusionMatrix;
pub use most_wrong::{Mistake, most_wrong};
pub use outcomes::{Outcome, Outcomes, ReportError};
pub use predictions::{Predictions, View};
pub use ranking::most_probable;
pub use text::{classes_as_csv, report_as_text};

#[cfg(test)]
pub(crate) mod tests;
