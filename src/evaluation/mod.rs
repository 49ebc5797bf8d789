//! How good a classifier is, from what it says of images it never learnt from: scores of each class, confusions, its worst
//! mistakes, and whether it is as sure as it may be.

pub mod gap;
pub mod metrics;

mod calibration;
mod class_scores;
mod confusion;
mod most_wrong;
mod outcomes;
mod predictions;
mod ranking;
mod report;
mod text;
mod words;

pub use calibration::{BINS, Bin, Calibration};
pub use class_scores::{ClassReport, Scores};
pub use confusion::ConfusionMatrix;
pub use most_wrong::{Mistake, most_wrong};
pub use outcomes::{Outcome, Outcomes, ReportError};
pub use predictions::{Predictions, View};
pub use ranking::most_probable;
pub use report::{Cell, Evaluation, MOST_CELL_IMAGES, Report, SeenImage, images_of_cell};
pub use text::{classes_as_csv, report_as_text};
pub use words::{calibration_sentence, class_name, confidence_word, percent, result_sentences, whole_percent};

#[cfg(test)]
mod tests;
