//! Plain numbers that training measures, the protocol carries and the page plots.

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

/// Size of the gradient in each layer that has a kernel, for one batch, before the weight update.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerGradients {
    /// Steps done before the one measured: 0 for the first.
    pub step: usize,
    /// Euclidean norm of the gradient of the mean cross-entropy (no L2 penalty) with respect to each
    /// kernel, in the order of [`crate::spec::ResNetSpec::kernel_layers`]; 0 where training leaves a layer as it is.
    pub norms: Vec<f32>,
}

/// One look inside the network, at a single training step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkLook {
    /// Size of the gradient in each layer, and the step.
    pub gradients: LayerGradients,
    /// How much the step's update changes each of the same kernels: norm of the change over norm of the kernel.
    pub update_ratios: Vec<f32>,
    /// What went through each block, first to last.
    pub blocks: Vec<BlockLook>,
}

/// What went through a block in the forward pass of one batch.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BlockLook {
    /// Root mean square of what the block gives.
    pub output_scale: f32,
    /// ‖F(x)‖ / ‖x‖: norm of what the residual branch adds over norm of what the shortcut carries; none without a shortcut.
    pub residual_share: Option<f32>,
    /// Share of the block's ReLU channels that were 0 at every place of every image of the batch; none without ReLU.
    pub dead_share: Option<f32>,
}
