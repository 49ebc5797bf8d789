//! What of a network is drawn closer than folded: bundles as single blocks, blocks as single layers.

use std::ops::Range;

use super::fold_stage;
use crate::spec::{BlockPlace, StageSpec};

/// How close the whole network is drawn, before anything is unfolded or opened by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// Long stages are folded.
    #[default]
    Stages,
    /// Every block by itself.
    Blocks,
    /// Every layer of every block.
    Layers,
}

/// A [`Detail`] for the whole network, and what differs from it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unfolding {
    detail: Detail,
    /// Stages unfolded by themselves.
    stages: Vec<usize>,
    /// Blocks that are open though others are not, or closed though others are open; in rising order.
    turned: Vec<BlockPlace>,
}

/// Blocks that are drawn as one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// In the stage, 0 for the first.
    pub blocks: Range<usize>,
    /// Place of the group it comes from in the folded drawing.
    pub folded_place: usize,
    /// Whether that group was a bundle that has come apart.
    pub is_unfolded: bool,
    /// Whether its layers are drawn.
    pub is_open: bool,
}

impl Unfolding {
    /// The whole network as close as `detail`.
    pub fn of(detail: Detail) -> Self {
        Self { detail, ..Default::default() }
    }

    /// What holds for most of the network.
    pub fn detail(&self) -> Detail {
        self.detail
    }

    /// Whether everything is folded.
    pub fn is_folded(&self) -> bool {
        *self == Self::default()
    }

    /// Whether every block of a stage stands by itself.
    pub fn is_unfolded(&self, stage: usize) -> bool {
        self.detail != Detail::Stages || self.stages.contains(&stage)
    }

    /// Whether the layers of a block are drawn.
    pub fn is_open(&self, place: BlockPlace) -> bool {
        (self.detail == Detail::Layers) != self.turned.binary_search(&place).is_ok()
    }

    /// Lets every block of a stage stand by itself.
    pub fn unfold(&mut self, stage: usize) {
        if !self.is_unfolded(stage) {
            self.stages.push(stage);
            self.stages.sort_unstable();
        }
    }

    /// Opens a block to its layers, or closes it.
    pub fn turn(&mut self, place: BlockPlace) {
        match self.turned.binary_search(&place) {
            Ok(found) => drop(self.turned.remove(found)),
            Err(free) => self.turned.insert(free, place),
        }
    }

    /// The groups of a stage in order. An open block stands alone; the rest of its bundle stays folded unless the
    /// stage is unfolded.
    pub(super) fn groups(&self, stage: &StageSpec, threshold: usize) -> Vec<Group> {
        let is_open = |block: usize| self.is_open(BlockPlace { stage: stage.index, block });
        let is_unfolded = self.is_unfolded(stage.index);
        let mut groups = Vec::new();
        for (folded_place, folded) in fold_stage(stage, threshold).into_iter().enumerate() {
            let came_apart = folded.len() > 1 && (is_unfolded || folded.clone().any(is_open));
            let mut start = folded.start;
            for block in folded.clone() {
                let next = block + 1;
                let ends = is_unfolded || next == folded.end || is_open(block) || is_open(next);
                if ends {
                    groups.push(Group {
                        blocks: start..next,
                        folded_place,
                        is_unfolded: came_apart,
                        is_open: next - start == 1 && is_open(block),
                    });
                    start = next;
                }
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{NetworkChoices, ResNetSpec};

    fn stage() -> StageSpec {
        ResNetSpec::new(NetworkChoices { depth: 1001, ..Default::default() }).unwrap().stage(1)
    }

    fn ranges(unfolding: &Unfolding) -> Vec<Range<usize>> {
        unfolding.groups(&stage(), 4).into_iter().map(|group| group.blocks).collect()
    }

    #[test]
    fn an_open_block_leaves_the_rest_of_its_bundle_folded() {
        let mut unfolding = Unfolding::default();
        unfolding.turn(BlockPlace { stage: 1, block: 57 });
        assert_eq!(ranges(&unfolding), [0..1, 1..57, 57..58, 58..110, 110..111], "around block 58");
        unfolding.turn(BlockPlace { stage: 1, block: 58 });
        assert_eq!(ranges(&unfolding), [0..1, 1..57, 57..58, 58..59, 59..110, 110..111], "and its neighbour");
        let open: Vec<_> = unfolding.groups(&stage(), 4).into_iter().filter(|group| group.is_open).map(|group| group.blocks).collect();
        assert_eq!(open, [57..58, 58..59], "only those");
        unfolding.turn(BlockPlace { stage: 1, block: 57 });
        unfolding.turn(BlockPlace { stage: 1, block: 58 });
        assert!(unfolding.is_folded(), "closing both folds the bundle again");
    }

    #[test]
    fn unfolding_a_stage_leaves_the_others_alone() {
        let mut unfolding = Unfolding::default();
        unfolding.unfold(0);
        assert_eq!(ranges(&unfolding), [0..1, 1..110, 110..111], "stage 2 stays folded");
        unfolding.unfold(1);
        assert_eq!(ranges(&unfolding).len(), 111, "every block of stage 2");
    }

    #[test]
    fn a_block_can_be_closed_where_all_are_open() {
        let mut unfolding = Unfolding::of(Detail::Layers);
        let place = BlockPlace { stage: 1, block: 3 };
        assert!(unfolding.is_open(place), "all layers are drawn");
        unfolding.turn(place);
        assert!(!unfolding.is_open(place) && unfolding.is_open(BlockPlace { stage: 1, block: 4 }), "one block less");
    }
}
