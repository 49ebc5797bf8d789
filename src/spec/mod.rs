//! What a residual network *is*: depth, widths, stages, blocks and shortcuts, and what they cost.
//!
//! Everything else is made from a [`ResNetSpec`]: the drawn graph, the trained model, the link that
//! shares it. A spec that exists can be built, so nothing behind it checks again.

mod activation;
mod block;
mod check;
mod choices;
mod cost;
mod depth;
mod error;
mod inner_filters;
mod layer;
mod named;
mod nearest;
mod options;
mod order;
mod place;
mod presets;
mod stage;
mod stages_of_blocks;
mod training_memory;

use serde::{Deserialize, Serialize};

pub use activation::Activation;
pub use block::{BlockSpec, ConvolutionSpec, Shortcut};
pub use check::{
    CLASSES, CONVOLUTIONS_PER_BLOCK, DENSE_UNITS, DROPOUT, IMAGE_CHANNELS, IMAGE_EDGE, KERNEL_SIZE, STAGES, START_FILTERS, WIDENING, WIDEST,
};
pub use choices::NetworkChoices;
pub use cost::{BYTES_PER_NUMBER, Cost};
pub use depth::{DEEPEST, Depth, DepthRule};
pub use error::SpecError;
pub use inner_filters::InnerFilters;
pub use layer::{LayerKind, LayerSpec};
pub use named::Named;
pub use options::{NetworkOption, OPTIONS, OptionKind};
pub use order::BlockOrder;
pub use place::{BlockPlace, NotABlockPlace};
pub use presets::Preset;
pub use stage::StageSpec;
pub use training_memory::TrainingMemory;

pub(crate) use stages_of_blocks::join_numbers;

/// A residual network as the tutorial's `build_resnet_model` makes it
/// (pre-activation order of He et al. 2016, <https://arxiv.org/abs/1603.05027>), or one of its relatives.
///
/// ```text
/// image [32, 32, 3]
///   stem      3×3 convolution, batch norm, ReLU, dropout
///   3 stages  n blocks each: batch norm – ReLU – convolution, for 1×1, 3×3, 1×1, plus the shortcut
///   head      batch norm, ReLU, average pool, dense 512 with ReLU, batch norm, dropout, dense
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "NetworkChoices", into = "NetworkChoices")]
pub struct ResNetSpec {
    choices: NetworkChoices,
    depth: Depth,
}

impl ResNetSpec {
    /// Checks the choices.
    ///
    /// # Errors
    /// Names the choice that cannot be built and the nearest that can.
    pub fn new(mut choices: NetworkChoices) -> Result<Self, SpecError> {
        let depth = check::check(&choices)?;
        choices.settle_blocks();
        choices.switched_blocks.sort();
        choices.switched_blocks.dedup();
        Ok(Self { choices, depth })
    }

    /// The choices this network was made from.
    pub fn choices(&self) -> &NetworkChoices {
        &self.choices
    }

    /// The depth: `9n + 2`, or what stages with numbers of blocks of their own add up to.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// Filters of the stem.
    pub fn start_filters(&self) -> usize {
        self.choices.start_filters
    }

    /// Classes the network tells apart.
    pub fn classes(&self) -> usize {
        self.choices.classes
    }

    /// Whether blocks have their skip connection, but for those that were switched.
    pub fn skip_connections(&self) -> bool {
        self.choices.skip_connections
    }

    /// Whether any block has its skip connection.
    pub fn has_any_skip_connection(&self) -> bool {
        self.blocks().iter().any(|block| block.shortcut != Shortcut::Absent)
    }

    /// The stages, first to last.
    pub fn stages(&self) -> Vec<StageSpec> {
        (0..self.choices.stages).map(|index| self.stage(index)).collect()
    }

    /// The stage at `index`, 0 for the first.
    pub fn stage(&self, index: usize) -> StageSpec {
        StageSpec::new(self, index)
    }

    /// All blocks of all stages, first to last.
    pub fn blocks(&self) -> Vec<BlockSpec> {
        self.stages().iter().flat_map(|stage| stage.all_blocks().collect::<Vec<_>>()).collect()
    }

    /// Channels that leave the last stage.
    pub fn final_channels(&self) -> usize {
        self.stage(self.choices.stages - 1).channels_out
    }

    /// Edge of the maps that leave the last stage.
    pub fn final_edge(&self) -> usize {
        self.choices.image_edge >> (self.choices.stages - 1)
    }

    /// Edge of the pooling window; the whole map where the choice is 0.
    pub fn pool_window(&self) -> usize {
        if self.choices.pool == 0 { self.final_edge() } else { self.choices.pool }
    }

    /// Numbers that are left of an image after pooling.
    pub fn pooled_units(&self) -> usize {
        let edge = self.final_edge() / self.pool_window();
        edge * edge * self.final_channels()
    }

    /// Whether batch norm follows the head's inner dense layer.
    pub fn dense_batch_norm(&self) -> bool {
        self.choices.batch_norm && self.choices.dense_units > 0 && self.choices.dense_batch_norm
    }

    /// Every layer in the order the forward pass runs them, with shapes and parameters.
    pub fn layers(&self) -> Vec<LayerSpec> {
        layer::layers(self)
    }

    /// Names of the layers with a kernel, convolutions and dense, in the order of the forward pass.
    pub fn kernel_layers(&self) -> Vec<String> {
        let has_kernel = |kind| matches!(kind, LayerKind::Convolution { .. } | LayerKind::Dense { .. });
        self.layers().into_iter().filter(|layer| has_kernel(layer.kind)).map(|layer| layer.name).collect()
    }

    /// Parameters, multiply-adds and memory.
    pub fn cost(&self) -> Cost {
        Cost::of(self)
    }
}

impl Default for ResNetSpec {
    fn default() -> Self {
        let choices = NetworkChoices::default();
        Self { choices, depth: Depth::default() }
    }
}

impl TryFrom<NetworkChoices> for ResNetSpec {
    type Error = SpecError;
    fn try_from(choices: NetworkChoices) -> Result<Self, SpecError> {
        Self::new(choices)
    }
}

impl From<ResNetSpec> for NetworkChoices {
    fn from(spec: ResNetSpec) -> Self {
        spec.choices
    }
}
