//! A stage: blocks that work on maps of one size.

use super::{BlockSpec, InnerFilters, ResNetSpec};

/// One of the stages.
#[derive(Debug, Clone, PartialEq)]
pub struct StageSpec {
    /// 0 for the first.
    pub index: usize,
    /// Blocks in this stage.
    pub blocks: usize,
    /// Channels that enter the first block.
    pub channels_in: usize,
    /// Filters of the convolutions inside each block, all but its last.
    pub bottleneck_filters: usize,
    /// Channels that leave every block.
    pub channels_out: usize,
    /// Edge of the maps that enter the first block.
    pub edge_in: usize,
    /// Edge of the maps that leave every block.
    pub edge_out: usize,
    pub(super) spec: ResNetSpec,
}

impl StageSpec {
    pub(super) fn new(spec: &ResNetSpec, index: usize) -> Self {
        let choices = spec.choices();
        let first_width = choices.start_filters * choices.first_widening;
        let width_after = |stages: usize| match stages.checked_sub(1) {
            None => choices.start_filters,
            Some(widenings) => first_width * choices.later_widening.pow(widenings as u32),
        };
        let (channels_in, channels_out) = (width_after(index), width_after(index + 1));
        Self {
            index,
            blocks: spec.blocks_in_stage(index),
            channels_in,
            bottleneck_filters: match choices.inner_filters {
                InnerFilters::StageInput => channels_in,
                InnerFilters::QuarterOfOutput => channels_out / 4,
            },
            channels_out,
            edge_in: choices.image_edge >> index.saturating_sub(1),
            edge_out: choices.image_edge >> index,
            spec: spec.clone(),
        }
    }

    /// Stride of the first block: 2 where the stage halves the map.
    pub fn stride(&self) -> usize {
        self.edge_in / self.edge_out
    }

    /// Stages that come after this one.
    pub fn stages_behind(&self) -> usize {
        self.spec.choices().stages - 1 - self.index
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
