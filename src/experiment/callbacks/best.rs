//! Keras' `ModelCheckpoint` with `save_best_only`, by the validation loss.

use serde::{Deserialize, Serialize};

/// The epoch with the lowest validation loss so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct BestSoFar {
    loss: Option<f32>,
}

impl BestSoFar {
    /// Says whether this epoch is the best so far.
    pub fn epoch_end(&mut self, validation_loss: f32) -> bool {
        let improved = validation_loss.is_finite() && self.loss.is_none_or(|lowest| validation_loss < lowest);
        if improved {
            self.loss = Some(validation_loss);
        }
        improved
    }
}
