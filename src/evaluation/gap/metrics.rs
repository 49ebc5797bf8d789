//! What is measured to explain the gap.

use serde::{Deserialize, Serialize};

use crate::spec::Named;

/// What a pass looks at, from training to evaluation. Each takes away one thing that the pass before it had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum GapLevel {
    /// The mean over the steps of an epoch, each with the weights of its time: the number that training reports.
    Reported,
    /// The same steps with the weights as they are now: augmentation, dropout, the statistics of each batch.
    Trained,
    /// The same without augmentation.
    WithoutAugmentation,
    /// The same without dropout.
    WithoutDropout,
    /// The same with the moving statistics of batch norm: training images as evaluation sees them.
    MovingStatistics,
    /// The held-out images, in evaluation.
    HeldOut,
}

impl Named for GapLevel {
    const ALL: &'static [Self] =
        &[Self::Reported, Self::Trained, Self::WithoutAugmentation, Self::WithoutDropout, Self::MovingStatistics, Self::HeldOut];

    fn name(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Trained => "training",
            Self::WithoutAugmentation => "without-augmentation",
            Self::WithoutDropout => "without-dropout",
            Self::MovingStatistics => "moving-statistics",
            Self::HeldOut => "held-out",
        }
    }
}

/// What one pass measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GapMeasure {
    /// Which pass.
    pub level: GapLevel,
    /// Mean cross-entropy, in nats.
    pub loss: f32,
    /// Share classified correctly, 0 to 1.
    pub accuracy: f32,
    /// Images it looked at.
    pub images: usize,
}

/// Every pass that a run has a reason for, and what the sentence about them needs to know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GapMetrics {
    /// Steps done before.
    pub steps_done: usize,
    /// Steps whose mean the first number is.
    pub mean_of_steps: usize,
    /// Images that the run learns from, of which a sample was measured.
    pub training_images: usize,
    /// In order; what a run does not do, such as augmentation, has no pass of its own.
    pub levels: Vec<GapMeasure>,
}
