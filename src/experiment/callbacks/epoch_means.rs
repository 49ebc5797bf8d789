//! Training loss and accuracy of an epoch, as Keras reports them: means over its batches while the weights move.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::evaluation::metrics::StepMetrics;

/// Sums over the epoch under way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct EpochMeans {
    steps: usize,
    #[serde(serialize_with = "as_bits", deserialize_with = "from_bits")]
    loss: f64,
    #[serde(serialize_with = "as_bits", deserialize_with = "from_bits")]
    accuracy: f64,
}

impl EpochMeans {
    /// Takes in steps of the epoch.
    pub fn add(&mut self, steps: &[StepMetrics]) {
        for step in steps {
            self.steps += 1;
            self.loss += f64::from(step.loss);
            self.accuracy += f64::from(step.accuracy);
        }
    }

    /// Whether no step of the epoch has been taken in.
    pub fn is_empty(&self) -> bool {
        self.steps == 0
    }

    /// Mean loss and accuracy, and a fresh start for the next epoch.
    pub fn take(&mut self) -> [f32; 2] {
        let Self { steps, loss, accuracy } = std::mem::take(self);
        [loss, accuracy].map(|sum| (sum / steps.max(1) as f64) as f32)
    }
}

/// Decimals may come back one bit off, and a run that goes on must not.
fn as_bits<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(value.to_bits())
}

fn from_bits<'a, D: Deserializer<'a>>(deserializer: D) -> Result<f64, D::Error> {
    u64::deserialize(deserializer).map(f64::from_bits)
}
