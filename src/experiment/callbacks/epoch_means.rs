//! Training loss and accuracy of an epoch, as Keras reports them: means over its images while the weights move.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::evaluation::metrics::StepMetrics;
use crate::experiment::hyperparameters::Hyperparameters;

/// Sums over the epoch under way.
///
/// A step weighs as many images as it learnt from, counted in batches: whole batches weigh exactly 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct EpochMeans {
    /// Whole batches.
    steps: usize,
    /// The last batch, where it has fewer images: as a share of a whole one.
    #[serde(default, serialize_with = "as_bits", deserialize_with = "from_bits")]
    last_share: f64,
    #[serde(serialize_with = "as_bits", deserialize_with = "from_bits")]
    loss: f64,
    #[serde(serialize_with = "as_bits", deserialize_with = "from_bits")]
    accuracy: f64,
}

impl EpochMeans {
    /// Takes in steps of the epoch, made with these settings.
    pub fn add(&mut self, steps: &[StepMetrics], hyperparameters: &Hyperparameters) {
        let whole = hyperparameters.largest_batch().max(1);
        for step in steps {
            let images = hyperparameters.images_in_step(step.step);
            let weight = images as f64 / whole as f64;
            if images < whole {
                self.last_share += weight;
            } else {
                self.steps += 1;
            }
            self.loss += weight * f64::from(step.loss);
            self.accuracy += weight * f64::from(step.accuracy);
        }
    }

    /// Whether no step of the epoch has been taken in.
    pub fn is_empty(&self) -> bool {
        self.steps == 0 && self.last_share == 0.0
    }

    /// Mean loss and accuracy, and a fresh start for the next epoch.
    pub fn take(&mut self) -> [f32; 2] {
        let is_empty = self.is_empty();
        let Self { steps, last_share, loss, accuracy } = std::mem::take(self);
        let weight = if is_empty { 1.0 } else { steps as f64 + last_share };
        [loss, accuracy].map(|sum| (sum / weight) as f32)
    }
}

/// Decimals may come back one bit off, and a run that goes on must not.
fn as_bits<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(value.to_bits())
}

fn from_bits<'a, D: Deserializer<'a>>(deserializer: D) -> Result<f64, D::Error> {
    u64::deserialize(deserializer).map(f64::from_bits)
}
