//! The choices a network is made from, before anything was checked.

use serde::{Deserialize, Serialize};

use super::{Activation, BlockOrder, BlockPlace, DepthRule, InnerFilters};

/// The values a link or a checkpoint holds; [`ResNetSpec::new`](super::ResNetSpec::new) turns them into a
/// network or says why not. Defaults are the tutorial's, but for a width that trains in seconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkChoices {
    /// Convolutions on the longest path plus the last dense layer: `convolutions · stages · n + 2`. Follows from
    /// [`Self::blocks_in_stages`] where those are given.
    pub depth: usize,
    /// Filters of the stem.
    pub start_filters: usize,
    /// Classes to tell apart.
    pub classes: usize,
    /// Whether blocks add their input to their output. Off gives the plain network of the same depth.
    pub skip_connections: bool,
    /// Blocks that do the opposite of [`Self::skip_connections`].
    pub switched_blocks: Vec<BlockPlace>,
    /// Blocks in each stage, first to last, where stages differ in that; empty where each has the `n` that the depth says.
    pub blocks_in_stages: Vec<usize>,
    /// Edge of the square input image in pixels.
    pub image_edge: usize,
    /// Channels of the input image.
    pub image_channels: usize,
    /// Stages; each after the first halves the map.
    pub stages: usize,
    /// Convolutions that a skip connection jumps over: two (k×k, k×k), three (1×1, k×k, 1×1) or four (1×1, k×k, k×k, 1×1).
    pub convolutions_per_block: usize,
    /// Edge `k` of the kernels in the middle of a block.
    pub kernel_size: usize,
    /// Factor from the stem's filters to the channels of the first stage.
    pub first_widening: usize,
    /// Factor from each stage's channels to the next one's.
    pub later_widening: usize,
    /// Width inside a block.
    pub inner_filters: InnerFilters,
    /// Order inside a block.
    pub order: BlockOrder,
    /// Function between the convolutions.
    pub activation: Activation,
    /// Whether there is any batch normalisation.
    pub batch_norm: bool,
    /// Whether a projection reads the activated input of its block, as in the paper's code, instead of the raw one.
    pub shared_preactivation: bool,
    /// Share of the stem's outputs that training zeroes.
    pub stem_dropout: f64,
    /// Edge of the head's pooling window; 0 pools the whole map.
    pub pool: usize,
    /// Units of the dense layer before the class scores; 0 leaves that layer out, with its batch norm.
    pub dense_units: usize,
    /// Whether batch norm follows that dense layer.
    pub dense_batch_norm: bool,
    /// Share of the inputs of the last dense layer that training zeroes.
    pub head_dropout: f64,
}

impl NetworkChoices {
    /// The depths that these stages and blocks allow.
    pub fn depth_rule(&self) -> DepthRule {
        DepthRule::new(self.stages, self.convolutions_per_block)
    }

    /// Lets the block at `place` do the opposite of what it did.
    pub fn switch_block(&mut self, place: BlockPlace) {
        match self.switched_blocks.iter().position(|switched| *switched == place) {
            Some(found) => drop(self.switched_blocks.remove(found)),
            None => self.switched_blocks.push(place),
        }
        self.switched_blocks.sort();
    }
}

impl Default for NetworkChoices {
    fn default() -> Self {
        Self {
            depth: 11,
            start_filters: 8,
            classes: 10,
            skip_connections: true,
            switched_blocks: Vec::new(),
            blocks_in_stages: Vec::new(),
            image_edge: 32,
            image_channels: 3,
            stages: 3,
            convolutions_per_block: 3,
            kernel_size: 3,
            first_widening: 4,
            later_widening: 2,
            inner_filters: InnerFilters::StageInput,
            order: BlockOrder::PreActivation,
            activation: Activation::Relu,
            batch_norm: true,
            shared_preactivation: false,
            stem_dropout: 0.2,
            pool: 8,
            dense_units: 512,
            dense_batch_norm: true,
            head_dropout: 0.5,
        }
    }
}
