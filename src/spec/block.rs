//! A bottleneck block: 1×1, 3×3, 1×1, and the way around them.

use super::StageSpec;

/// How a block's input reaches its sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Unchanged: `x + F(x)`.
    Identity,
    /// Through a 1×1 convolution, because the shape changes: `W x + F(x)`.
    Projection,
    /// Not at all: the block of a plain network, `F(x)`.
    Absent,
}

/// One bottleneck block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockSpec {
    /// Stage it belongs to, 0 for the first.
    pub stage: usize,
    /// Place in its stage, 0 for the first.
    pub index: usize,
    /// Channels in.
    pub channels_in: usize,
    /// Filters of the 1×1 and the 3×3 convolution.
    pub bottleneck_filters: usize,
    /// Channels out.
    pub channels_out: usize,
    /// Edge of the maps that come in.
    pub edge_in: usize,
    /// Edge of the maps that go out.
    pub edge_out: usize,
    /// Whether batch norm and ReLU come before the first convolution. Not in the very first block:
    /// the stem has just done both.
    pub first_preactivation: bool,
    /// The way around the three convolutions.
    pub shortcut: Shortcut,
}

impl BlockSpec {
    pub(super) fn new(stage: &StageSpec, index: usize) -> Self {
        let first = index == 0;
        let shortcut = match (stage.skip_connections, first) {
            (false, _) => Shortcut::Absent,
            (true, true) => Shortcut::Projection,
            (true, false) => Shortcut::Identity,
        };
        Self {
            stage: stage.index,
            index,
            channels_in: if first { stage.channels_in } else { stage.channels_out },
            bottleneck_filters: stage.bottleneck_filters,
            channels_out: stage.channels_out,
            edge_in: if first { stage.edge_in } else { stage.edge_out },
            edge_out: stage.edge_out,
            first_preactivation: !(first && stage.index == 0),
            shortcut,
        }
    }

    /// Stride of the first convolution and of the projection: 2 where the block halves the map.
    pub fn stride(&self) -> usize {
        self.edge_in / self.edge_out
    }

    /// Name that its weights start with, for example `stages.0.blocks.2`.
    pub fn name(&self) -> String {
        format!("stages.{}.blocks.{}", self.stage, self.index)
    }
}
