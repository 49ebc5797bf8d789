//! Keras' `EarlyStopping`.

use serde::{Deserialize, Serialize};

/// Ends a run whose validation loss no longer falls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct EarlyStopping {
    lowest: Option<f32>,
    waited: usize,
    stopped: bool,
}

impl EarlyStopping {
    /// Says whether the run ends with this epoch; never with a `patience` of 0.
    pub fn epoch_end(&mut self, validation_loss: f32, patience: usize) -> bool {
        if validation_loss < self.lowest.unwrap_or(f32::INFINITY) {
            (self.lowest, self.waited) = (Some(validation_loss), 0);
            return false;
        }
        self.waited += 1;
        self.stopped |= patience > 0 && self.waited >= patience;
        self.stopped
    }

    /// Whether the run has ended so.
    pub fn has_stopped(&self) -> bool {
        self.stopped
    }
}
