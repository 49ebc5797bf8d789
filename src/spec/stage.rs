//! A stage: blocks that work on maps of one size.

use super::{BlockOrder, BlockPlace, BlockSpec, InnerFilters, ResNetSpec, Shortcut};

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
        let choices = self.spec.choices();
        let first = index == 0;
        let (channels_in, edge_in) = if first { (self.channels_in, self.edge_in) } else { (self.channels_out, self.edge_out) };
        let shape_changes = channels_in != self.channels_out || edge_in != self.edge_out;
        let switched = choices.switched_blocks.binary_search(&BlockPlace { stage: self.index, block: index }).is_ok();
        let shortcut = match (choices.skip_connections != switched, shape_changes) {
            (false, _) => Shortcut::Absent,
            (true, true) => Shortcut::Projection,
            (true, false) => Shortcut::Identity,
        };
        let first_preactivation = choices.order == BlockOrder::PreActivation && !(first && self.index == 0);
        BlockSpec {
            stage: self.index,
            index,
            channels_in,
            bottleneck_filters: self.bottleneck_filters,
            channels_out: self.channels_out,
            edge_in,
            edge_out: self.edge_out,
            convolutions: choices.convolutions_per_block,
            kernel_size: choices.kernel_size,
            order: choices.order,
            first_preactivation,
            shared_preactivation: choices.shared_preactivation && first_preactivation && shortcut == Shortcut::Projection,
            shortcut,
        }
    }

    /// All blocks, first to last.
    pub fn all_blocks(&self) -> impl Iterator<Item = BlockSpec> + use<'_> {
        (0..self.blocks).map(|index| self.block(index))
    }
}

impl ResNetSpec {
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

    /// Whether any block has its skip connection.
    pub fn has_any_skip_connection(&self) -> bool {
        self.blocks().iter().any(|block| block.shortcut != Shortcut::Absent)
    }

    /// Channels that leave the last stage.
    pub fn final_channels(&self) -> usize {
        self.stage(self.choices.stages - 1).channels_out
    }

    /// Numbers that are left of an image after pooling.
    pub fn pooled_units(&self) -> usize {
        let edge = self.final_edge() / self.pool_window();
        edge * edge * self.final_channels()
    }
}
