//! What a trained network can do without: each block left out in turn (Veit, Wilber & Belongie 2016,
//! "Residual Networks Behave Like Ensembles of Relatively Shallow Networks", section 4.1).

use crate::metrics::HeldOutMetrics;
use crate::plot::{CurveRole, CurveSeries, ValueFormat};
use crate::spec::BlockPlace;

/// A smaller change of accuracy says nothing on some hundred images.
const NOTABLE: f32 = 0.03;

/// A block left out, or none for the whole network, and what the held-out images gave.
pub type Lesion = (Option<BlockPlace>, HeldOutMetrics);

/// Accuracy without each block by its number along the network, 1 for the first, and the whole network's as a line.
pub fn curves(lesions: &[Lesion], blocks_per_stage: usize, blocks: usize) -> Vec<CurveSeries> {
    let accuracy = |held_out: &HeldOutMetrics| f64::from(held_out.accuracy);
    let number = |place: BlockPlace| (place.stage * blocks_per_stage + place.block + 1) as f64;
    let without = lesions.iter().filter_map(|(block, held_out)| Some((number((*block)?), accuracy(held_out)))).collect();
    let whole = lesions.iter().find(|(block, _)| block.is_none()).map(|(_, held_out)| accuracy(held_out));
    let whole = whole.map_or_else(Vec::new, |accuracy| vec![(1.0, accuracy), (blocks as f64, accuracy)]);
    let curve = |name: &str, role, points, markers| CurveSeries { name: name.into(), role, points, smoothed: false, markers };
    vec![curve("whole", CurveRole::Compared, whole, false), curve("without that block", CurveRole::HeldOut, without, true)]
}

/// Which block matters most and which least, once any was left out.
pub fn finding(lesions: &[Lesion], skip_connections: bool) -> Option<String> {
    let whole = lesions.iter().find(|(block, _)| block.is_none())?.1;
    let without = || lesions.iter().filter_map(|(block, held_out)| Some(((*block)?, held_out.accuracy)));
    let by_accuracy = |a: &(BlockPlace, f32), b: &(BlockPlace, f32)| a.1.total_cmp(&b.1);
    let (worst, least) = (without().min_by(by_accuracy)?, without().max_by(by_accuracy)?);
    let percent = |share: f32| ValueFormat::Percent.value(f64::from(share));
    let said = |(place, accuracy): (BlockPlace, f32)| {
        format!("{} without block {} of stage {}", percent(accuracy), place.block + 1, place.stage + 1)
    };
    let largest = without().map(|(_, accuracy)| (accuracy - whole.accuracy).abs()).fold(0.0, f32::max);
    // Of a network that has learnt nothing, nothing can be taken away.
    let why = match (largest < NOTABLE, skip_connections) {
        (true, _) => "No block makes a notable difference yet: train longer first.",
        (false, true) => "With skip connections the rest of the network still gets x.",
        (false, false) => "Without skip connections the blocks behind get something they were never trained on.",
    };
    let left_in = if skip_connections { "" } else { " Blocks that change the shape cannot be left out." };
    Some(format!(
        "After step {} the whole network gets {} of {} held-out images right; {} at worst and {} at best. {why}{left_in}",
        whole.step,
        percent(whole.accuracy),
        whole.images,
        said(worst),
        said(least)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesion(block: Option<(usize, usize)>, accuracy: f32) -> Lesion {
        let block = block.map(|(stage, block)| BlockPlace { stage, block });
        (block, HeldOutMetrics { step: 31, loss: 2.0, accuracy, images: 500 })
    }

    #[test]
    fn the_block_that_matters_most_is_named() {
        let lesions = [lesion(None, 0.4), lesion(Some((0, 0)), 0.1), lesion(Some((1, 0)), 0.3), lesion(Some((2, 0)), 0.38)];
        let said = finding(&lesions, true).unwrap();
        assert!(said.contains("gets 40 % of 500 held-out images right; 10 % without block 1 of stage 1 at worst"), "{said}");
        assert!(said.contains("38 % without block 1 of stage 3 at best"), "{said}");
        let nothing_learnt = [lesion(None, 0.1), lesion(Some((0, 0)), 0.1), lesion(Some((1, 0)), 0.12)];
        let said = finding(&nothing_learnt, false).unwrap();
        assert!(said.contains("train longer first") && !said.contains("never trained on"), "no effect, no reason for it: {said}");
        assert_eq!(finding(&lesions[..1], true), None, "nothing was left out yet");
        let curves = curves(&lesions, 1, 3);
        assert_eq!(curves[1].points.iter().map(|point| point.0).collect::<Vec<_>>(), [1.0, 2.0, 3.0], "in the order of the network");
        assert_eq!(curves[0].points.len(), 2, "the whole network is a line across");
    }
}
