//! How many blocks each stage of a network has, and how its depth comes about.

use super::depth::OUTSIDE_BLOCKS;
use super::stages_of_blocks::blocks_in_stage;
use super::{BlockPlace, ResNetSpec};
use crate::language::format::join_numbers;
use crate::language::tr;

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
                let before = join_numbers(before).replace('-', ", ");
                tr!("{before} and {last} blocks in {stages} stages", before, last, stages)
            }
            (blocks, _) => {
                tr!("{n} block in each of {stages} stages" | "{n} blocks in each of {stages} stages" % blocks.unwrap_or_default(), stages)
            }
        }
    }

    /// The same in English, whatever the visitor's language: for exported code.
    pub fn blocks_in_english(&self) -> String {
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
    use crate::spec::NetworkChoices;

    fn with_blocks(blocks: &[usize]) -> NetworkChoices {
        NetworkChoices { blocks_in_stages: blocks.to_vec(), ..Default::default() }
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
        for blocks in [[3, 4, 2], [1, 1, 1], [2, 2, 2]] {
            assert_eq!(words(&blocks), ResNetSpec::new(with_blocks(&blocks)).unwrap().blocks_in_english());
        }
    }
}
