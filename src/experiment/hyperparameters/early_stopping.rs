//! What a run keeps an eye on besides its own loss.

use serde::{Deserialize, Serialize};

/// Images kept out to validate with, and what follows from their loss.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Monitoring {
    /// Of the training images so many are not trained on but measured after each epoch: what choices are made by, so that
    /// the held-out images decide nothing.
    pub validation_images: usize,
    /// Epochs without a lower validation loss after which a run ends; 0 for never. Keras' `EarlyStopping`.
    pub stopping_patience: usize,
    /// How much of the weights' moving average each step keeps, measured beside the weights themselves; 0 for no average.
    pub average_decay: f64,
}
