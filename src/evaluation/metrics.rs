//! How good predictions are, in plain numbers: of one training step, of a pass over held-out images.

use serde::{Deserialize, Serialize};

use crate::spec::Named;

/// What one training step measured, before its weight update.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StepMetrics {
    /// Steps done before this one: 0 for the first.
    pub step: usize,
    /// Mean cross-entropy over the batch, without the L2 penalty, in nats.
    pub loss: f32,
    /// Share of the batch classified correctly, 0 to 1.
    pub accuracy: f32,
}

/// What a pass over the held-out images measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HeldOutMetrics {
    /// Steps done before the pass.
    pub step: usize,
    /// Mean cross-entropy, in nats.
    pub loss: f32,
    /// Share classified correctly, 0 to 1.
    pub accuracy: f32,
    /// Images the pass looked at.
    pub images: usize,
}

/// Weights that a finished run can be tested with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TestedWeights {
    /// Those after the last step.
    Last,
    /// Their moving average.
    Average,
    /// Those of the epoch with the lowest validation loss.
    Best,
}

impl Named for TestedWeights {
    const ALL: &'static [Self] = &[Self::Last, Self::Average, Self::Best];

    fn name(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Average => "average",
            Self::Best => "best",
        }
    }
}

/// How some weights do on the held-out images.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TestMetrics {
    /// Which weights.
    pub weights: TestedWeights,
    /// Each image as it is.
    pub plain: HeldOutMetrics,
    /// The mean over each image and its mirror image.
    pub with_mirror_images: HeldOutMetrics,
}

/// Steps at the end of a run whose mean says how far it came.
pub const LAST_STEPS: usize = 10;

/// Mean loss of the last [`LAST_STEPS`] steps in nats, none without steps: a single batch says little.
pub fn last_loss(steps: &[StepMetrics]) -> Option<f64> {
    let last = &steps[steps.len().saturating_sub(LAST_STEPS)..];
    let sum: f64 = last.iter().map(|step| f64::from(step.loss)).sum();
    (!last.is_empty()).then(|| sum / last.len() as f64)
}
