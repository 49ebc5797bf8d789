//! How many blocks each stage has, and what happens to that when a block is dropped or added.

use super::check::STAGES;
use super::depth::OUTSIDE_BLOCKS;
use super::{BlockPlace, DEEPEST, Depth, NetworkChoices, ResNetSpec, SpecError};

/// The depth that the choices ask for. Stages and convolutions are within their limits.
pub(super) fn depth(choices: &NetworkChoices) -> Result<Depth, SpecError> {
    let (own, rule) = (&choices.blocks_in_stages, choices.depth_rule());
    if own.is_empty() {
        return Depth::new(choices.depth, rule);
    }
    let most = (DEEPEST - OUTSIDE_BLOCKS) / choices.convolutions_per_block;
    if own.len() == choices.stages && !own.contains(&0) && total(own) <= most {
        return Ok(Depth::counted(layers(choices), rule));
    }
    Err(SpecError::BlocksInStages { stages: choices.stages, most, nearest: nearest(own, choices.stages, most) })
}

/// Blocks in one stage of choices with that depth.
pub(super) fn blocks_in_stage(choices: &NetworkChoices, depth: Depth, stage: usize) -> usize {
    choices.blocks_in_stages.get(stage).copied().unwrap_or_else(|| depth.blocks_per_stage())
}

/// `3-4-2`.
pub(crate) fn join_numbers(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join("-")
}

fn total(blocks: &[usize]) -> usize {
    blocks.iter().fold(0, |sum, blocks| sum.saturating_add(*blocks))
}

fn layers(choices: &NetworkChoices) -> usize {
    total(&choices.blocks_in_stages).saturating_mul(choices.convolutions_per_block).saturating_add(OUTSIDE_BLOCKS)
}

/// Numbers left out or repeated until each stage has one, then the longest stages cut until all fit.
fn nearest(own: &[usize], stages: usize, most: usize) -> Vec<usize> {
    let last = own.last().copied().unwrap_or(1);
    let mut nearest: Vec<usize> = (0..stages).map(|stage| own.get(stage).copied().unwrap_or(last).clamp(1, most)).collect();
    while total(&nearest) > most {
        let Some(longest) = nearest.iter_mut().max_by_key(|blocks| **blocks) else { break };
        *longest -= 1;
    }
    nearest
}

impl NetworkChoices {
    /// Asks for a depth with equally many blocks in each stage.
    pub fn set_depth(&mut self, layers: usize) {
        self.depth = layers;
        self.blocks_in_stages.clear();
    }

    /// Brings the depth to what numbers of blocks of their own add up to; equal ones need no list.
    pub fn settle_blocks(&mut self) {
        let own = &self.blocks_in_stages;
        let Some(first) = own.first().copied() else { return };
        self.depth = layers(self);
        if first > 0 && own.len() == self.stages && own.iter().all(|blocks| *blocks == first) {
            self.blocks_in_stages.clear();
        }
    }

    /// Brings numbers of blocks of their own to the nearest that the stages and convolutions allow.
    pub fn fit_blocks(&mut self) {
        if STAGES.contains(&self.stages)
            && let Err(SpecError::BlocksInStages { nearest, .. }) = depth(self)
        {
            self.blocks_in_stages = nearest;
        }
        self.settle_blocks();
    }

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

impl ResNetSpec {
    /// Blocks in the stage at `stage`, 0 for the first.
    pub fn blocks_in_stage(&self, stage: usize) -> usize {
        blocks_in_stage(&self.choices, self.depth, stage)
    }

    /// Blocks in each stage, where all have equally many: the `n` of `9n + 2`.
    pub fn equal_blocks(&self) -> Option<usize> {
        self.choices.blocks_in_stages.is_empty().then(|| self.depth.blocks_per_stage())
    }

    /// Number of a block along the network, 0 for the first of the first stage.
    pub fn block_number(&self, place: BlockPlace) -> usize {
        (0..place.stage).map(|stage| self.blocks_in_stage(stage)).sum::<usize>() + place.block
    }

    /// How the depth comes about: `9 × 6 + 2`, or `3 × (3 + 4 + 2) + 2`.
    pub fn depth_formula(&self) -> String {
        match self.equal_blocks() {
            Some(blocks) => format!("{} × {blocks} + {OUTSIDE_BLOCKS}", self.depth.rule().layers_per_step),
            None => {
                let sum = join_numbers(&self.choices.blocks_in_stages).replace('-', " + ");
                format!("{} × ({sum}) + {OUTSIDE_BLOCKS}", self.choices.convolutions_per_block)
            }
        }
    }

    /// How many blocks there are, in words: `6 blocks in each of 3 stages`, or `3, 4 and 2 blocks in 3 stages`.
    pub fn blocks_in_words(&self) -> String {
        let (stages, own) = (self.choices.stages, &self.choices.blocks_in_stages);
        match (self.equal_blocks(), own.split_last()) {
            (None, Some((last, before))) => {
                format!("{} and {last} blocks in {stages} stages", join_numbers(before).replace('-', ", "))
            }
            (blocks, _) => {
                let blocks = blocks.unwrap_or_default();
                let plural = if blocks == 1 { "block" } else { "blocks" };
                format!("{blocks} {plural} in each of {stages} stages")
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

    #[test]
    fn the_depth_is_what_the_blocks_add_up_to() {
        for (blocks, convolutions, depth) in [([3, 4, 2], 3, 29), ([1, 1, 2], 2, 10), ([1, 9, 1], 4, 46)] {
            let spec = ResNetSpec::new(NetworkChoices { convolutions_per_block: convolutions, ..with_blocks(&blocks) }).unwrap();
            assert_eq!((spec.depth().layers(), spec.choices().depth), (depth, depth), "{blocks:?} of {convolutions} convolutions");
            let on_path = spec.kernel_layers().iter().filter(|name| !name.ends_with(".shortcut") && *name != "head.dense1").count();
            assert_eq!(on_path, depth, "the layers themselves add up to it");
            assert_eq!(spec.stages().iter().map(|stage| stage.blocks).collect::<Vec<_>>(), blocks, "and each stage has its own");
        }
    }

    #[test]
    fn equal_numbers_are_the_same_network_as_the_depth_alone() {
        let spec = ResNetSpec::new(with_blocks(&[3, 3, 3])).unwrap();
        assert_eq!(spec, ResNetSpec::new(NetworkChoices { depth: 29, ..Default::default() }).unwrap(), "one network has one form");
    }

    #[test]
    fn the_formula_is_the_one_that_was_used() {
        let formula = |choices: NetworkChoices| ResNetSpec::new(choices).unwrap().depth_formula();
        assert_eq!(formula(with_blocks(&[3, 4, 2])), "3 × (3 + 4 + 2) + 2", "stages of their own");
        assert_eq!(formula(NetworkChoices { depth: 56, ..Default::default() }), "9 × 6 + 2", "equal stages");
        assert_eq!(formula(NetworkChoices { depth: 14, convolutions_per_block: 2, ..Default::default() }), "6 × 2 + 2", "other blocks");
    }

    #[test]
    fn numbers_of_blocks_are_said_in_words() {
        let words = |blocks: &[usize]| ResNetSpec::new(with_blocks(blocks)).unwrap().blocks_in_words();
        assert_eq!(words(&[3, 4, 2]), "3, 4 and 2 blocks in 3 stages", "each its own");
        assert_eq!(words(&[1, 1, 1]), "1 block in each of 3 stages", "equal ones together");
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

    #[test]
    fn numbers_that_do_not_fit_are_brought_to_the_nearest() {
        for (given, wanted) in [(&[3, 4][..], "3-4-4"), (&[3, 4, 2, 9], "3-4-2"), (&[0, 2, 1], "1-2-1"), (&[1, 900, 2], "1-330-2")] {
            let (spec, errors) = with_blocks(given).nearest();
            assert_eq!(join_numbers(&spec.choices().blocks_in_stages), wanted, "{given:?}");
            assert!(errors[0].to_string().contains(wanted), "the sentence names it: {}", errors[0]);
        }
        let mut more_stages = NetworkChoices { stages: 4, ..with_blocks(&[3, 4, 2]) };
        more_stages.fit_blocks();
        assert_eq!((&more_stages.blocks_in_stages, more_stages.depth), (&vec![3, 4, 2, 2], 35), "as its form does");
    }
}
