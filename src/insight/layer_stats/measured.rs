//! What one look inside the network measures: plain numbers of each layer and each block.

use serde::{Deserialize, Serialize};

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
