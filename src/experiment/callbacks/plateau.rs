//! Keras' `ReduceLROnPlateau`, without cooldown and without a least length.

use serde::{Deserialize, Serialize};

/// A loss must be lower by so much to count, as Keras' `min_delta`.
const LEAST_IMPROVEMENT: f32 = 1e-4;

/// Shortens steps when the validation loss stays where it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct ReduceOnPlateau {
    lowest: Option<f32>,
    waited: usize,
    times: i32,
}

impl ReduceOnPlateau {
    /// Says whether steps get shorter after this epoch; never with a `patience` of 0.
    pub fn epoch_end(&mut self, validation_loss: f32, patience: usize) -> bool {
        if validation_loss < self.lowest.unwrap_or(f32::INFINITY) - LEAST_IMPROVEMENT {
            (self.lowest, self.waited) = (Some(validation_loss), 0);
            return false;
        }
        self.waited += 1;
        let now = patience > 0 && self.waited >= patience;
        if now {
            (self.waited, self.times) = (0, self.times.saturating_add(1));
        }
        now
    }

    /// What is left of a step's length when each plateau multiplied it by `factor`.
    pub fn share(&self, factor: f64) -> f64 {
        factor.powi(self.times)
    }
}
