//! A stage: blocks that work on maps of one size.

use super::{BlockSpec, ResNetSpec};

/// One of the three stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageSpec {
    /// 0 for the first.
    pub index: usize,
    /// Blocks in this stage.
    pub blocks: usize,
    /// Channels that enter the first block.
    pub channels_in: usize,
    /// Filters of the 1×1 and the 3×3 convolution inside each block.
    pub bottleneck_filters: usize,
    /// Channels that leave every block.
    pub channels_out: usize,
    /// Edge of the maps that enter the first block.
    pub edge_in: usize,
    /// Edge of the maps that leave every block.
    pub edge_out: usize,
    pub(super) skip_connections: bool,
}

impl StageSpec {
    pub(super) fn new(spec: &ResNetSpec, index: usize) -> Self {
        // Widths: ×4 in the first stage, ×2 in each later one.
        let start = spec.start_filters();
        let channels_in = if index == 0 { start } else { start << (index + 1) };
        let channels_out = start << (index + 2);
        let edge_in = ResNetSpec::IMAGE_EDGE >> index.saturating_sub(1);
        let edge_out = ResNetSpec::IMAGE_EDGE >> index;
        Self {
            index,
            blocks: spec.depth().blocks_per_stage(),
            channels_in,
            bottleneck_filters: channels_in,
            channels_out,
            edge_in,
            edge_out,
            skip_connections: spec.skip_connections(),
        }
    }

    /// Stride of the first block: 2 where the stage halves the map.
    pub fn stride(&self) -> usize {
        self.edge_in / self.edge_out
    }

    /// The block at `index`, 0 for the first.
    pub fn block(&self, index: usize) -> BlockSpec {
        BlockSpec::new(self, index)
    }

    /// All blocks, first to last.
    pub fn all_blocks(&self) -> impl Iterator<Item = BlockSpec> + use<'_> {
        (0..self.blocks).map(|index| self.block(index))
    }
}
