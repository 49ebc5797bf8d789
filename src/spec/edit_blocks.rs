//! Dropping a block from a network and adding one.

use super::{BlockPlace, NetworkChoices, ResNetSpec};

impl NetworkChoices {
    /// Takes a block out of its stage; blocks behind it keep their skip connections as they were. False, and
    /// nothing changes, when there is no such block or it is the last of its stage.
    pub fn drop_block(&mut self, place: BlockPlace) -> bool {
        let Some(mut blocks) = self.blocks_with(place) else { return false };
        let Some(in_stage) = blocks.get_mut(place.stage).filter(|blocks| **blocks > 1) else { return false };
        *in_stage -= 1;
        self.switched_blocks.retain(|switched| *switched != place);
        self.move_switched_behind(place, |block| block.saturating_sub(1));
        self.blocks_in_stages = blocks;
        self.settle_blocks();
        true
    }

    /// Puts a block behind another; blocks further on keep their skip connections as they were, and the new one does
    /// as [`Self::skip_connections`] says. False, and nothing changes, when there is no such block or the network
    /// would be too deep.
    pub fn add_block_behind(&mut self, place: BlockPlace) -> bool {
        let Some(mut blocks) = self.blocks_with(place) else { return false };
        let Some(in_stage) = blocks.get_mut(place.stage) else { return false };
        *in_stage += 1;
        let mut longer = Self { blocks_in_stages: blocks, ..self.clone() };
        longer.move_switched_behind(place, |block| block + 1);
        longer.settle_blocks();
        let fits = ResNetSpec::new(longer.clone()).is_ok();
        if fits {
            *self = longer;
        }
        fits
    }

    /// Blocks of each stage, if these choices can be built and have that block.
    fn blocks_with(&self, place: BlockPlace) -> Option<Vec<usize>> {
        let spec = ResNetSpec::new(self.clone()).ok()?;
        let blocks: Vec<usize> = spec.stages().iter().map(|stage| stage.blocks).collect();
        blocks.get(place.stage).is_some_and(|blocks| place.block < *blocks).then_some(blocks)
    }

    fn move_switched_behind(&mut self, place: BlockPlace, moved: impl Fn(usize) -> usize) {
        for switched in &mut self.switched_blocks {
            if switched.stage == place.stage && switched.block > place.block {
                switched.block = moved(switched.block);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Shortcut;

    fn with_blocks(blocks: &[usize]) -> NetworkChoices {
        NetworkChoices { blocks_in_stages: blocks.to_vec(), ..Default::default() }
    }

    fn place(stage: usize, block: usize) -> BlockPlace {
        BlockPlace { stage, block }
    }

    /// Whether each block adds its input, stage by stage.
    fn skips(choices: &NetworkChoices) -> Vec<Vec<bool>> {
        let spec = ResNetSpec::new(choices.clone()).unwrap();
        let skips = |stage: &crate::spec::StageSpec| stage.all_blocks().map(|block| block.shortcut != Shortcut::Absent).collect();
        spec.stages().iter().map(skips).collect()
    }

    #[test]
    fn dropping_and_adding_leave_the_other_blocks_as_they_were() {
        for dropped in 0..4 {
            let mut choices = NetworkChoices { switched_blocks: vec![place(0, 1), place(1, 1), place(1, 3)], ..with_blocks(&[2, 4, 3]) };
            let mut wanted = skips(&choices);
            assert!(choices.drop_block(place(1, dropped)), "there are four");
            wanted[1].remove(dropped);
            assert_eq!(skips(&choices), wanted, "block {dropped} is gone and no other changed");
            assert!(choices.add_block_behind(place(1, 0)), "there is room");
            wanted[1].insert(1, true);
            assert_eq!(skips(&choices), wanted, "one was added and no other changed");
            assert_eq!(choices.depth, ResNetSpec::new(choices.clone()).unwrap().depth().layers(), "the depth follows at once");
        }
    }

    #[test]
    fn a_block_added_and_dropped_again_leaves_the_network_as_it_was() {
        let before = NetworkChoices { depth: 29, switched_blocks: vec![place(2, 2)], ..Default::default() };
        let mut choices = before.clone();
        assert!(choices.add_block_behind(place(2, 0)), "there is room");
        assert_eq!((&choices.blocks_in_stages, choices.depth), (&vec![3, 3, 4], 32), "one block more in the last stage");
        assert!(choices.drop_block(place(2, 1)), "it is there");
        assert_eq!(choices, before, "nothing is left of it");
    }

    #[test]
    fn what_cannot_be_dropped_or_added_changes_nothing() {
        let mut last = NetworkChoices::default();
        assert!(!last.drop_block(place(0, 0)), "a stage keeps one block");
        assert!(!last.drop_block(place(0, 5)) && !last.drop_block(place(9, 0)) && !last.add_block_behind(place(3, 0)), "no such block");
        assert_eq!(last, NetworkChoices::default(), "as it was");
        let mut deepest = NetworkChoices { depth: 1001, ..Default::default() };
        assert!(!deepest.add_block_behind(place(1, 0)), "1001 is the deepest");
        assert_eq!(deepest.depth, 1001, "as it was");
    }
}
