//! Networks of every kind, drawn by seed.

use resnet_playground::random::{Purpose, RandomStream};
use resnet_playground::spec::{Activation, BlockOrder, BlockPlace, InnerFilters, Named, NetworkChoices, ResNetSpec};

/// The first `count` drawn networks that the spec accepts; small enough to be built in a test.
pub fn random_networks(seed: u64, count: usize) -> Vec<ResNetSpec> {
    let mut random = RandomStream::new(seed, Purpose::Weights, 77);
    let mut found = Vec::new();
    while found.len() < count {
        found.extend(ResNetSpec::new(choices(&mut random)));
    }
    found
}

fn choices(random: &mut RandomStream) -> NetworkChoices {
    let mut below = |limit: usize| ((random.unit() * limit as f32) as usize).min(limit - 1);
    let (stages, convolutions_per_block, blocks) = (1 + below(4), 2 + below(3), 1 + below(3));
    NetworkChoices {
        depth: stages * convolutions_per_block * blocks + 2,
        start_filters: 2 + below(4),
        classes: 2 + below(4),
        skip_connections: below(4) > 0,
        switched_blocks: (0..below(3)).map(|_| BlockPlace { stage: below(stages), block: below(blocks) }).collect(),
        blocks_in_stages: if below(2) == 0 { Vec::new() } else { (0..stages).map(|_| 1 + below(4)).collect() },
        image_edge: 8 << below(3),
        image_channels: 1 + below(3),
        stages,
        convolutions_per_block,
        kernel_size: 1 + 2 * below(3),
        first_widening: 1 + below(4),
        later_widening: 1 + below(2),
        inner_filters: InnerFilters::ALL[below(2)],
        order: BlockOrder::ALL[below(2)],
        activation: Activation::ALL[below(Activation::ALL.len())],
        batch_norm: below(3) > 0,
        shared_preactivation: below(3) == 0,
        stem_dropout: [0.0, 0.2][below(2)],
        pool: [0, 1, 2, 4][below(4)],
        dense_units: [0, 7][below(2)],
        dense_batch_norm: below(2) == 0,
        head_dropout: [0.0, 0.5][below(2)],
    }
}
