//! Whether choices can be built, one sentence for each way in which they cannot.

use super::limits::{
    CLASSES, CONVOLUTIONS_PER_BLOCK, DENSE_UNITS, DROPOUT, IMAGE_CHANNELS, IMAGE_EDGE, KERNEL_SIZE, STAGES, START_FILTERS, WIDENING, WIDEST,
};
use super::{BlockOrder, BlockPlace, Depth, InnerFilters, NetworkChoices, SpecError, stages_of_blocks};
use crate::language::marked;

/// The depth, when everything else fits as well.
pub(super) fn check(choices: &NetworkChoices) -> Result<Depth, SpecError> {
    ranges(choices)?;
    let depth = stages_of_blocks::depth(choices)?;
    widths(choices)?;
    image_and_pool(choices)?;
    if choices.shared_preactivation && choices.order == BlockOrder::ConvolutionFirst {
        return Err(SpecError::NothingToShare);
    }
    switched_blocks(choices, depth)?;
    Ok(depth)
}

fn ranges(choices: &NetworkChoices) -> Result<(), SpecError> {
    let counts = [
        (marked!("start filters"), choices.start_filters, START_FILTERS),
        (marked!("classes"), choices.classes, CLASSES),
        (marked!("stages"), choices.stages, STAGES),
        (marked!("convolutions per block"), choices.convolutions_per_block, CONVOLUTIONS_PER_BLOCK),
        (marked!("kernel size"), choices.kernel_size, KERNEL_SIZE),
        (marked!("image edge"), choices.image_edge, IMAGE_EDGE),
        (marked!("image channels"), choices.image_channels, IMAGE_CHANNELS),
        (marked!("first widening"), choices.first_widening, WIDENING),
        (marked!("later widening"), choices.later_widening, WIDENING),
        (marked!("dense units"), choices.dense_units, DENSE_UNITS),
    ];
    for (setting, given, range) in counts {
        if !range.contains(&given) {
            return Err(SpecError::OutOfRange { setting, given, lowest: *range.start(), highest: *range.end() });
        }
    }
    if choices.kernel_size.is_multiple_of(2) {
        return Err(SpecError::EvenKernel { given: choices.kernel_size });
    }
    for (setting, given) in [(marked!("stem dropout"), choices.stem_dropout), (marked!("head dropout"), choices.head_dropout)] {
        if !DROPOUT.contains(&given) {
            return Err(SpecError::Dropout { setting, given });
        }
    }
    Ok(())
}

fn widths(choices: &NetworkChoices) -> Result<(), SpecError> {
    let factor = choices.first_widening as u64 * (choices.later_widening as u64).pow(choices.stages as u32 - 1);
    let channels = choices.start_filters as u64 * factor;
    if channels > WIDEST as u64 {
        let nearest = (WIDEST as u64 / factor) as usize;
        if nearest < *START_FILTERS.start() {
            let highest = choices.later_widening - 1;
            return Err(SpecError::OutOfRange { setting: marked!("later widening"), given: choices.later_widening, lowest: 1, highest });
        }
        return Err(SpecError::TooWide { channels, limit: WIDEST, nearest });
    }
    let first = choices.start_filters * choices.first_widening;
    if choices.inner_filters == InnerFilters::QuarterOfOutput && !first.is_multiple_of(4) {
        let fits = |filters: &usize| (filters * choices.first_widening).is_multiple_of(4);
        let nearest = (*START_FILTERS.start()..choices.start_filters).rev().find(fits).unwrap_or(4);
        return Err(SpecError::Quarter { channels: first, nearest });
    }
    Ok(())
}

fn image_and_pool(choices: &NetworkChoices) -> Result<(), SpecError> {
    let divisor = 1 << (choices.stages - 1);
    let given = choices.image_edge;
    if !given.is_multiple_of(divisor) {
        let nearest = ((given + divisor / 2) / divisor).max(1) * divisor;
        return Err(SpecError::ImageEdge { given, stages: choices.stages, divisor, nearest });
    }
    let (edge, window) = (given / divisor, choices.pool);
    if window > 0 && !edge.is_multiple_of(window) {
        let nearest = (1..=window.min(edge)).rev().find(|fitting| edge.is_multiple_of(*fitting)).unwrap_or(1);
        return Err(SpecError::Pool { given: window, edge, nearest });
    }
    Ok(())
}

fn switched_blocks(choices: &NetworkChoices, depth: Depth) -> Result<(), SpecError> {
    for place in &choices.switched_blocks {
        let stage = place.stage.min(choices.stages - 1);
        let last = stages_of_blocks::blocks_in_stage(choices, depth, stage) - 1;
        let nearest = BlockPlace { stage, block: place.block.min(last) };
        if nearest != *place {
            return Err(SpecError::NoSuchBlock { place: *place, nearest });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::ResNetSpec;

    fn refusal(choices: NetworkChoices) -> String {
        ResNetSpec::new(choices).unwrap_err().to_string()
    }

    fn usual() -> NetworkChoices {
        NetworkChoices::default()
    }

    #[test]
    fn a_refusal_names_the_nearest_possible_choice() {
        let cases = [
            (NetworkChoices { kernel_size: 4, ..usual() }, "3 or 5"),
            (NetworkChoices { image_edge: 30, ..usual() }, "32 is the nearest"),
            (NetworkChoices { image_edge: 16, ..usual() }, "4 is the nearest"),
            (NetworkChoices { stages: 4, depth: 14, ..usual() }, "4 is the nearest"),
            (NetworkChoices { start_filters: 500, ..usual() }, "from 2 to 128"),
            (NetworkChoices { start_filters: 128, later_widening: 8, ..usual() }, "16 start filters"),
            (
                NetworkChoices { start_filters: 7, first_widening: 1, inner_filters: InnerFilters::QuarterOfOutput, ..usual() },
                "4 start filters",
            ),
            (NetworkChoices { stem_dropout: f64::NAN, ..usual() }, "at most 0.9"),
            (NetworkChoices { switched_blocks: vec![BlockPlace { stage: 1, block: 7 }], ..usual() }, "the nearest is 1.0"),
            (NetworkChoices { order: BlockOrder::ConvolutionFirst, shared_preactivation: true, ..usual() }, "do not share"),
            (NetworkChoices { blocks_in_stages: vec![3, 4], ..usual() }, "3 numbers from 1"),
            (NetworkChoices { blocks_in_stages: vec![3, 0, 2], ..usual() }, "the nearest is 3-1-2"),
            (NetworkChoices { blocks_in_stages: vec![1, 400, 2], ..usual() }, "together at most 333"),
            (
                NetworkChoices { blocks_in_stages: vec![3, 1, 2], switched_blocks: vec![BlockPlace { stage: 1, block: 2 }], ..usual() },
                "the nearest is 1.0",
            ),
        ];
        for (choices, wanted) in cases {
            let sentence = refusal(choices);
            assert!(sentence.contains(wanted), "“{sentence}” does not say “{wanted}”");
        }
    }

    #[test]
    fn no_choice_however_large_panics() {
        for huge in [usize::MAX, usize::MAX / 2, 1 << 33, 0] {
            for broken in [
                NetworkChoices { depth: huge, ..usual() },
                NetworkChoices { stages: huge, ..usual() },
                NetworkChoices { convolutions_per_block: huge, ..usual() },
                NetworkChoices { image_edge: huge, ..usual() },
                NetworkChoices { later_widening: huge, ..usual() },
                NetworkChoices { kernel_size: huge, ..usual() },
                NetworkChoices { blocks_in_stages: vec![huge; 3], ..usual() },
                NetworkChoices { blocks_in_stages: vec![1, huge, 1], convolutions_per_block: 2, ..usual() },
            ] {
                assert!(ResNetSpec::new(broken.clone()).is_err(), "{broken:?}");
            }
        }
    }
}
