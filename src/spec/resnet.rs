//! A network that can be built.

use serde::{Deserialize, Serialize};

use super::check::check;
use super::{Depth, NetworkChoices, SpecError};

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
    pub(super) choices: NetworkChoices,
    pub(super) depth: Depth,
}

impl ResNetSpec {
    /// Checks the choices.
    ///
    /// # Errors
    /// Names the choice that cannot be built and the nearest that can.
    pub fn new(mut choices: NetworkChoices) -> Result<Self, SpecError> {
        let depth = check(&choices)?;
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

    /// Edge of the maps that leave the last stage.
    pub fn final_edge(&self) -> usize {
        self.choices.image_edge >> (self.choices.stages - 1)
    }

    /// Edge of the pooling window; the whole map where the choice is 0.
    pub fn pool_window(&self) -> usize {
        if self.choices.pool == 0 { self.final_edge() } else { self.choices.pool }
    }

    /// Whether batch norm follows the head's inner dense layer.
    pub fn dense_batch_norm(&self) -> bool {
        self.choices.batch_norm && self.choices.dense_units > 0 && self.choices.dense_batch_norm
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
