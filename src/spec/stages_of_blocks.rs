//! How many blocks each stage has, from the choices alone.

use super::depth::OUTSIDE_BLOCKS;
use super::{DEEPEST, Depth, NetworkChoices, SpecError};

/// The depth that the choices ask for. Stages and convolutions are within their limits.
pub(super) fn depth(choices: &NetworkChoices) -> Result<Depth, SpecError> {
    let (own, rule) = (&choices.blocks_in_stages, choices.depth_rule());
    if own.is_empty() {
        return Ok(Depth::new(choices.depth, rule)?);
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::format::join_numbers;

    fn with_blocks(blocks: &[usize]) -> NetworkChoices {
        NetworkChoices { blocks_in_stages: blocks.to_vec(), ..Default::default() }
    }

    #[test]
    fn numbers_that_do_not_fit_are_brought_to_the_nearest() {
        for (given, wanted) in [(&[3, 4][..], "3-4-4"), (&[3, 4, 2, 9], "3-4-2"), (&[0, 2, 1], "1-2-1"), (&[1, 900, 2], "1-330-2")] {
            let (spec, errors) = with_blocks(given).nearest();
            assert_eq!(join_numbers(&spec.choices().blocks_in_stages), wanted, "{given:?}");
            assert!(errors[0].to_string().contains(wanted), "the sentence names it: {}", errors[0]);
        }
        let (more_stages, _) = NetworkChoices { stages: 4, ..with_blocks(&[3, 4, 2]) }.nearest();
        let choices = more_stages.choices();
        assert_eq!((&choices.blocks_in_stages, choices.depth), (&vec![3, 4, 2, 2], 35), "as its form does");
    }
}
