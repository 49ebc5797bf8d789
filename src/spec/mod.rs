//! What a residual network *is*: depth, widths, stages, blocks and shortcuts, and what they cost.
//!
//! Everything else is made from a [`ResNetSpec`]: the drawn graph, the trained model, the link that
//! shares it. A spec that exists can be built, so nothing behind it checks again.

mod block;
mod cost;
mod depth;
mod error;
mod layer;
mod stage;

use serde::{Deserialize, Serialize};

pub use block::{BlockSpec, Shortcut};
pub use cost::Cost;
pub use depth::{DEEPEST, Depth, SHALLOWEST};
pub use error::SpecError;
pub use layer::{LayerKind, LayerSpec};
pub use stage::StageSpec;

/// Stages of the network; each after the first halves the map.
pub const STAGES: usize = 3;
/// Smallest and largest number of start filters.
pub const START_FILTERS: std::ops::RangeInclusive<usize> = 2..=128;
/// Units of the dense layer between pooling and the class scores.
pub const DENSE_UNITS: usize = 512;
/// Edge of the average pooling window in the head.
pub const POOL: usize = 8;

/// The choices a network is made from, before anything was checked.
///
/// These are the values a link holds; [`ResNetSpec::new`] turns them into a network or says why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkChoices {
    /// Convolutions on the longest path plus the dense layer, `9n + 2`.
    pub depth: usize,
    /// Filters of the stem and of the first stage's inner convolutions.
    pub start_filters: usize,
    /// Classes to tell apart.
    pub classes: usize,
    /// Whether blocks add their input to their output. Off gives the plain network of the same depth.
    pub skip_connections: bool,
}

impl Default for NetworkChoices {
    fn default() -> Self {
        Self { depth: 11, start_filters: 8, classes: 10, skip_connections: true }
    }
}

/// A ResNetV2 with bottleneck blocks, as the tutorial's `build_resnet_model` makes it
/// (pre-activation order of He et al. 2016, <https://arxiv.org/abs/1603.05027>).
///
/// ```text
/// image [32, 32, 3]
///   stem      3×3 convolution, batch norm, ReLU, dropout
///   3 stages  n blocks each: batch norm – ReLU – convolution, for 1×1, 3×3, 1×1, plus the shortcut
///   head      batch norm, ReLU, average pool, dense 512 with ReLU, batch norm, dropout, dense
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "NetworkChoices", into = "NetworkChoices")]
pub struct ResNetSpec {
    choices: NetworkChoices,
    depth: Depth,
}

impl ResNetSpec {
    /// Edge length of the square input image in pixels.
    pub const IMAGE_EDGE: usize = 32;
    /// Colour channels of the input image.
    pub const IMAGE_CHANNELS: usize = 3;
    /// Dropout after the stem's activation.
    pub const STEM_DROPOUT: f64 = 0.2;
    /// Dropout before the last dense layer.
    pub const HEAD_DROPOUT: f64 = 0.5;

    /// Checks the choices.
    ///
    /// # Errors
    /// Names the choice that cannot be built and the nearest that can.
    pub fn new(choices: NetworkChoices) -> Result<Self, SpecError> {
        let depth = Depth::new(choices.depth)?;
        if !START_FILTERS.contains(&choices.start_filters) {
            return Err(SpecError::StartFilters { given: choices.start_filters });
        }
        if !(2..=1000).contains(&choices.classes) {
            return Err(SpecError::Classes { given: choices.classes });
        }
        Ok(Self { choices, depth })
    }

    /// The choices this network was made from.
    pub fn choices(&self) -> NetworkChoices {
        self.choices
    }

    /// The depth, `9n + 2`.
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

    /// Whether blocks have their skip connection.
    pub fn skip_connections(&self) -> bool {
        self.choices.skip_connections
    }

    /// The three stages, first to last.
    pub fn stages(&self) -> [StageSpec; STAGES] {
        std::array::from_fn(|index| StageSpec::new(self, index))
    }

    /// Channels that leave the last stage.
    pub fn final_channels(&self) -> usize {
        self.stages()[STAGES - 1].channels_out
    }

    /// Every layer in the order the forward pass runs them, with shapes and parameters.
    pub fn layers(&self) -> Vec<LayerSpec> {
        layer::layers(self)
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
