//! Which weights a run starts from.

use serde::{Deserialize, Serialize};

use crate::experiment::RunId;
use crate::spec::Named;

/// Where the first weights come from. Bytes are a whole file as the user chose it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum StartingPoint {
    /// Drawn from the seed.
    #[default]
    Fresh,
    /// All weights from a safetensors file, in Keras or PyTorch layout.
    Weights(Vec<u8>),
    /// A run of this network as it stood: weights, optimizer, place in the epochs.
    Checkpoint(Vec<u8>),
    /// The trunk of a trained network under a new head.
    FineTuning(FineTuning),
    /// A run that this browser [kept](crate::checkpoint::autosave).
    Kept(RunId),
}

/// How to train a network on from another one's weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FineTuning {
    /// Safetensors file or checkpoint of the trained network.
    pub weights: Vec<u8>,
    /// Which layers start anew.
    pub replaced: ReplacedHead,
    /// Which layers stay as they are.
    pub frozen: Frozen,
}

/// Layers that are drawn anew for other classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReplacedHead {
    /// Only the last dense layer.
    Scores,
    /// Everything after pooling: both dense layers and the batch norm between them.
    Dense,
}

/// Layers whose weights and moving statistics training leaves to the bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Frozen {
    /// Everything is trained.
    #[default]
    Nothing,
    /// The stem and that many stages, the first ones.
    Stages(usize),
    /// Everything before pooling.
    Trunk,
}

impl Frozen {
    /// Whether the layer or weight of that dotted name stays.
    pub fn holds(self, name: &str) -> bool {
        let stage = || name.strip_prefix("stages.")?.split('.').next()?.parse::<usize>().ok();
        match self {
            Self::Nothing => false,
            Self::Stages(count) => count > 0 && (name.starts_with("stem.") || stage().is_some_and(|stage| stage < count)),
            Self::Trunk => name.starts_with("stem.") || name.starts_with("stages.") || name.starts_with("head.bn."),
        }
    }
}

impl ReplacedHead {
    /// Whether the layer or weight of that dotted name starts anew.
    pub fn holds(self, name: &str) -> bool {
        let new = name.starts_with("head.dense2.");
        match self {
            Self::Scores => new,
            Self::Dense => new || name.starts_with("head.dense1.") || name.starts_with("head.dense_bn."),
        }
    }
}

/// Order of axes and names in a file of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WeightLayout {
    /// Kernels `[height, width, in, out]` and `[in, out]`; `kernel`, `gamma`, `moving_mean` and so on.
    Keras,
    /// Kernels `[out, in, height, width]` and `[out, in]`; `weight`, `running_mean` and so on.
    PyTorch,
}

impl Named for WeightLayout {
    const ALL: &'static [Self] = &[Self::Keras, Self::PyTorch];

    fn name(self) -> &'static str {
        match self {
            Self::Keras => "keras",
            Self::PyTorch => "pytorch",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_stage_holds_its_blocks_and_no_other() {
        assert!(Frozen::Stages(1).holds("stem.conv.kernel"), "the stem comes before the first stage");
        assert!(Frozen::Stages(1).holds("stages.0.blocks.11.bn2.gamma"), "all its blocks");
        assert!(!Frozen::Stages(1).holds("stages.1.blocks.0.bn2.gamma"), "the next stage learns");
        assert!(!Frozen::Trunk.holds("head.dense_bn.gamma"), "the head learns");
        assert!(Frozen::Trunk.holds("head.bn.gamma"), "batch norm before pooling belongs to the trunk");
    }
}
