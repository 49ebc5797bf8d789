//! Blocks left out of a trained network, and neighbours swapped (Veit, Wilber & Belongie 2016, "Residual Networks Behave Like
//! Ensembles of Relatively Shallow Networks").

use crate::spec::{BlockPlace, ResNetSpec, StageSpec};

/// What is done to a trained network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lesion {
    /// The residual branch of a block is left out.
    Without(BlockPlace),
    /// A block and the one behind it change places.
    Swapped(BlockPlace),
}

/// All that can be tried: not every network can do without each.
pub fn all_lesions(spec: &ResNetSpec) -> Vec<Lesion> {
    let stages = spec.stages();
    let places: Vec<BlockPlace> =
        stages.iter().flat_map(StageSpec::all_blocks).map(|block| BlockPlace { stage: block.stage, block: block.index }).collect();
    let swapped = places.iter().filter(|place| place.block + 1 < spec.blocks_in_stage(place.stage));
    places.iter().copied().map(Lesion::Without).chain(swapped.copied().map(Lesion::Swapped)).collect()
}
