//! Which blocks of a stage are drawn one by one and which as a bundle, so that depth 1001 reads like depth 11.

use std::ops::Range;

use crate::spec::StageSpec;

/// Most blocks of a stage that are drawn one by one. A longer stage is folded to three drawn things:
/// its first block (the one that changes the shape), all the equal ones in between, and its last.
pub const FOLD_THRESHOLD: usize = 4;

/// Things a folded stage is drawn as.
pub const DRAWN_WHEN_FOLDED: usize = 3;

/// The blocks of a stage in groups to draw, in order; a group of more than one is a bundle.
///
/// ```text
/// fold(3, 4)   → [0..1, 1..2, 2..3]
/// fold(111, 4) → [0..1, 1..110, 110..111]
/// ```
pub fn fold(blocks: usize, threshold: usize) -> Vec<Range<usize>> {
    if blocks <= threshold.max(DRAWN_WHEN_FOLDED) {
        return (0..blocks).map(|index| index..index + 1).collect();
    }
    vec![0..1, 1..blocks - 1, blocks - 1..blocks]
}

/// Most things a stage is drawn as, whatever was switched in it: more would be narrower than a line.
pub const MOST_GROUPS: usize = 8;

/// As [`fold`], but a bundle holds only blocks with the same skip connection: a block that was switched
/// stands alone. Where that would make more than `MOST_GROUPS`, the last group takes all that is left.
pub fn fold_stage(stage: &StageSpec, threshold: usize) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for group in fold(stage.blocks, threshold) {
        let mut start = group.start;
        for index in group.clone() {
            let next_differs = index + 1 < group.end && stage.block(index).shortcut != stage.block(index + 1).shortcut;
            if next_differs || index + 1 == group.end {
                groups.push(start..index + 1);
                start = index + 1;
            }
        }
    }
    if let Some(rest) = groups.get(MOST_GROUPS - 1).map(|group| group.start) {
        groups.truncate(MOST_GROUPS - 1);
        groups.push(rest..stage.blocks);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_in_exactly_one_group() {
        for threshold in 0..8 {
            for blocks in 0..=111 {
                let groups = fold(blocks, threshold);
                let all: Vec<usize> = groups.iter().cloned().flatten().collect();
                assert_eq!(all, (0..blocks).collect::<Vec<_>>(), "{blocks} blocks at threshold {threshold}");
                assert!(groups.len() <= threshold.max(DRAWN_WHEN_FOLDED), "a bounded number of groups");
            }
        }
    }
}
