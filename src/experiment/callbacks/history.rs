//! Keras' `History` and `CSVLogger`: a line for each epoch.

use serde::{Deserialize, Serialize};

use crate::evaluation::metrics::HeldOutMetrics;
use crate::language::csv_table::CsvTable;

/// What an epoch came to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EpochRecord {
    /// Counted from 1.
    pub epoch: usize,
    /// Steps done when it ended.
    pub steps_done: usize,
    /// Learning rate of its last step.
    pub learning_rate: f64,
    /// Mean training loss over its images, in nats.
    pub loss: f32,
    /// Share of its training images classified correctly, 0 to 1.
    pub accuracy: f32,
    /// Images kept out to validate with, where there are any.
    pub validation: Option<HeldOutMetrics>,
    /// Held-out images.
    pub held_out: HeldOutMetrics,
    /// Held-out images with the weights' moving average, where there is one.
    pub averaged: Option<HeldOutMetrics>,
    /// Whether its validation loss is the lowest so far.
    pub is_best: bool,
    /// Whether steps are shorter after it, because the validation loss no longer falls.
    pub shortens_steps: bool,
    /// Whether it ended the run before its last epoch.
    pub stops: bool,
}

const COLUMNS: [&str; 11] = [
    "epoch",
    "steps",
    "learning_rate",
    "loss",
    "accuracy",
    "val_loss",
    "val_accuracy",
    "held_out_loss",
    "held_out_accuracy",
    "averaged_held_out_loss",
    "averaged_held_out_accuracy",
];

/// One row for each epoch (RFC 4180); what was not measured is left empty.
pub fn history_as_csv(history: &[EpochRecord]) -> String {
    let mut table = CsvTable::new(COLUMNS);
    for record in history {
        let measured = |metrics: Option<HeldOutMetrics>| {
            metrics.map_or_else(<[String; 2]>::default, |metrics| [metrics.loss.to_string(), metrics.accuracy.to_string()])
        };
        let EpochRecord { epoch, steps_done, learning_rate, loss, accuracy, .. } = record;
        let training = [epoch.to_string(), steps_done.to_string(), learning_rate.to_string(), loss.to_string(), accuracy.to_string()];
        let passes = [record.validation, Some(record.held_out), record.averaged].map(measured);
        table.row(training.iter().chain(passes.as_flattened()));
    }
    table.into_text()
}
