//! Which network a file's weights are of, from their names and shapes alone.

use std::collections::BTreeMap;

use crate::spec::{BlockOrder, BlockPlace, InnerFilters, NetworkChoices, ResNetSpec, STAGES};

use super::expected::expected_weights;

/// Shapes of weights by their Keras names, in Keras' order of axes.
pub type WeightShapes = BTreeMap<String, Vec<usize>>;

/// The network that these weights are exactly all weights of. What they do not tell, such as the activation, dropouts or the size
/// of the images, is as in `otherwise`.
pub fn network_of(weights: &WeightShapes, otherwise: &NetworkChoices) -> Option<NetworkChoices> {
    let own = ResNetSpec::new(otherwise.clone()).ok().filter(|spec| fits(weights, spec));
    own.or_else(|| nearest_network(weights, otherwise).filter(|spec| fits(weights, spec))).map(|spec| spec.choices().clone())
}

/// Whether these are all weights of the network, and nothing else.
pub(super) fn fits(weights: &WeightShapes, spec: &ResNetSpec) -> bool {
    let expected = expected_weights(spec);
    expected.len() == weights.len() && expected.iter().all(|weight| weights.get(&weight.name) == Some(&weight.shape))
}

/// The network that these weights come from, as far as those that are there tell: some may be missing, or be too many.
pub(super) fn nearest_network(weights: &WeightShapes, otherwise: &NetworkChoices) -> Option<ResNetSpec> {
    let weights = Weights(weights);
    let [_, _, image_channels, start_filters] = weights.kernel("stem.conv")?;
    let blocks_in_stages = weights.blocks_in_stages()?;
    let stages = blocks_in_stages.len();
    let convolutions_per_block = (1..=4).take_while(|place| weights.kernel(&format!("{FIRST_BLOCK}.conv{place}")).is_some()).count();
    let [kernel_size, ..] = weights.kernel(&format!("{FIRST_BLOCK}.conv{}", if convolutions_per_block == 2 { 1 } else { 2 }))?;
    // What leaves the stem, then each of the stages.
    let mut widths = vec![start_filters];
    for stage in 0..stages {
        let [.., filters] = weights.kernel(&format!("stages.{stage}.blocks.0.conv{convolutions_per_block}"))?;
        widths.push(filters);
    }
    let factor = |from: usize| widths.get(from + 1)?.checked_div(*widths.get(from)?);
    let batch_norm = weights.0.keys().any(|name| name.ends_with(".gamma"));
    let (dense_units, classes, pooled_units) = weights.head()?;
    let mut choices = NetworkChoices {
        image_channels,
        start_filters,
        stages,
        blocks_in_stages,
        convolutions_per_block,
        kernel_size,
        first_widening: factor(0)?,
        later_widening: factor(1).unwrap_or(otherwise.later_widening),
        inner_filters: weights.inner_filters(&widths, otherwise.inner_filters)?,
        order: match (batch_norm, weights.has(&format!("{FIRST_BLOCK}.bn1.gamma"))) {
            (true, true) => BlockOrder::ConvolutionFirst,
            (true, false) => BlockOrder::PreActivation,
            (false, _) => otherwise.order,
        },
        batch_norm,
        dense_units,
        classes,
        dense_batch_norm: if batch_norm && dense_units > 0 { weights.has("head.dense_bn.gamma") } else { otherwise.dense_batch_norm },
        ..otherwise.clone()
    };
    choices.settle_blocks();
    (choices.skip_connections, choices.switched_blocks) = weights.skips(&widths, otherwise.skip_connections);
    if choices.order == BlockOrder::ConvolutionFirst {
        choices.shared_preactivation = false;
    }
    with_image_and_pool(choices, pooled_units)
}

const FIRST_BLOCK: &str = "stages.0.blocks.0";

/// The first choice of image and pooling that leaves so many numbers for the head: those there are where they do.
fn with_image_and_pool(choices: NetworkChoices, pooled_units: usize) -> Option<ResNetSpec> {
    let halvings = u32::try_from(choices.stages).ok()?.checked_sub(1)?;
    let usual = NetworkChoices::default().image_edge;
    let channels = choices.start_filters.checked_mul(choices.first_widening)?.checked_mul(choices.later_widening.checked_pow(halvings)?)?;
    let edge = pooled_units.checked_div(channels)?.isqrt();
    let smallest = edge.checked_mul(1 << halvings)?;
    let images = [choices.image_edge, usual, smallest];
    let found = images.into_iter().find_map(|image_edge| {
        let window = (image_edge >> halvings).checked_div(edge)?;
        let pools = [choices.pool, if edge == 1 { 0 } else { window }, window];
        pools.into_iter().find_map(|pool| {
            let spec = ResNetSpec::new(NetworkChoices { image_edge, pool, ..choices.clone() }).ok()?;
            (spec.pooled_units() == pooled_units).then_some(spec)
        })
    });
    // Where no pooling leaves so many, the head is not whole, but the rest may still say which network it is.
    found.or_else(|| ResNetSpec::new(choices).ok())
}

/// Weights that are asked for what they tell.
struct Weights<'a>(&'a WeightShapes);

impl Weights<'_> {
    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Shape of the kernel of a convolution.
    fn kernel(&self, layer: &str) -> Option<[usize; 4]> {
        self.0.get(&format!("{layer}.kernel"))?.as_slice().try_into().ok()
    }

    /// Shape of the kernel of a dense layer.
    fn dense(&self, layer: &str) -> Option<[usize; 2]> {
        self.0.get(&format!("{layer}.kernel"))?.as_slice().try_into().ok()
    }

    /// Blocks that are there, counted in each stage from its first one.
    fn blocks_in_stages(&self) -> Option<Vec<usize>> {
        let blocks =
            |stage: usize| (0..self.0.len()).take_while(move |block| self.has(&format!("stages.{stage}.blocks.{block}.conv1.kernel")));
        let found: Vec<usize> = (0..*STAGES.end()).map(|stage| blocks(stage).count()).take_while(|blocks| *blocks > 0).collect();
        (!found.is_empty()).then_some(found)
    }

    /// Units of the dense layer, classes, and numbers that reach the head.
    fn head(&self) -> Option<(usize, usize, usize)> {
        let [before_scores, classes] = self.dense("head.dense2")?;
        Some(self.dense("head.dense1").map_or((0, classes, before_scores), |[pooled, units]| (units, classes, pooled)))
    }

    /// How wide blocks are inside; `otherwise` where both rules say the same. `widths` are what leaves the stem and each stage.
    fn inner_filters(&self, widths: &[usize], otherwise: InnerFilters) -> Option<InnerFilters> {
        let inner = |stage: usize| self.kernel(&format!("stages.{stage}.blocks.0.conv1")).map(|[.., filters]| filters);
        let holds = |rule: fn(usize, usize) -> usize| {
            let mut stages = widths.windows(2).enumerate();
            stages.all(|(stage, pair)| {
                inner(stage).is_some_and(|inner| pair.first().zip(pair.last()).is_some_and(|(a, b)| inner == rule(*a, *b)))
            })
        };
        match (holds(|entering, _| entering), holds(|_, leaving| leaving / 4)) {
            (true, true) => Some(otherwise),
            (true, false) => Some(InnerFilters::StageInput),
            (false, true) => Some(InnerFilters::QuarterOfOutput),
            (false, false) => None,
        }
    }

    /// Whether blocks have skip connections, and the blocks that do the opposite. Only those that change the shape have weights to
    /// tell it: each is the first of its stage.
    fn skips(&self, widths: &[usize], otherwise: bool) -> (bool, Vec<BlockPlace>) {
        let changes_shape = |(stage, pair): &(usize, &[usize])| *stage > 0 || pair.first() != pair.last();
        let changing = widths.windows(2).enumerate().filter(changes_shape).map(|(stage, _)| BlockPlace { stage, block: 0 });
        let (with, without): (Vec<_>, Vec<_>) =
            changing.partition(|place| self.has(&format!("stages.{}.blocks.0.shortcut.kernel", place.stage)));
        match (with.len(), without.len()) {
            (0, 0) => (otherwise, Vec::new()),
            (with_skip, without_skip) if with_skip >= without_skip => (true, without),
            _ => (false, with),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Activation;

    fn shapes(choices: &NetworkChoices) -> WeightShapes {
        let spec = ResNetSpec::new(choices.clone()).unwrap();
        expected_weights(&spec).into_iter().map(|weight| (weight.name, weight.shape)).collect()
    }

    fn found(choices: &NetworkChoices) -> NetworkChoices {
        network_of(&shapes(choices), &NetworkChoices::default()).unwrap_or_else(|| panic!("no network for {choices:?}"))
    }

    fn settled(choices: NetworkChoices) -> NetworkChoices {
        ResNetSpec::new(choices).unwrap().choices().clone()
    }

    #[test]
    fn depth_filters_classes_and_head_are_read_from_shapes() {
        for depth in [11, 20, 29, 47] {
            for start_filters in [2, 8, 16, 32] {
                for classes in [2, 10, 100] {
                    let choices = NetworkChoices { depth, start_filters, classes, ..Default::default() };
                    assert_eq!(found(&choices), choices, "exactly this one");
                }
            }
        }
    }

    #[test]
    fn every_choice_that_has_weights_is_found() {
        let usual = NetworkChoices::default;
        for choices in [
            NetworkChoices { blocks_in_stages: vec![3, 4, 2], ..usual() },
            NetworkChoices { blocks_in_stages: vec![1, 2], stages: 2, pool: 0, ..usual() },
            NetworkChoices { stages: 1, depth: 8, pool: 0, ..usual() },
            NetworkChoices { stages: 4, depth: 26, convolutions_per_block: 2, pool: 0, ..usual() },
            NetworkChoices { stages: 5, depth: 17, pool: 0, ..usual() },
            NetworkChoices { convolutions_per_block: 4, depth: 14, kernel_size: 5, ..usual() },
            NetworkChoices { convolutions_per_block: 2, depth: 14, kernel_size: 7, ..usual() },
            NetworkChoices { order: BlockOrder::ConvolutionFirst, ..usual() },
            NetworkChoices { batch_norm: false, ..usual() },
            NetworkChoices { dense_units: 0, ..usual() },
            NetworkChoices { dense_units: 64, dense_batch_norm: false, ..usual() },
            NetworkChoices { first_widening: 1, later_widening: 1, start_filters: 16, ..usual() },
            NetworkChoices { first_widening: 2, later_widening: 3, ..usual() },
            NetworkChoices { inner_filters: InnerFilters::QuarterOfOutput, first_widening: 8, ..usual() },
            NetworkChoices { image_channels: 1, ..usual() },
            NetworkChoices { skip_connections: false, ..usual() },
            NetworkChoices { switched_blocks: vec![BlockPlace { stage: 1, block: 0 }], ..usual() },
            NetworkChoices { skip_connections: false, switched_blocks: vec![BlockPlace { stage: 2, block: 0 }], ..usual() },
            NetworkChoices { pool: 4, ..usual() },
            NetworkChoices { pool: 1, dense_units: 0, ..usual() },
        ] {
            let choices = settled(choices);
            assert_eq!(found(&choices), choices, "exactly this one");
        }
    }

    #[test]
    fn what_weights_do_not_tell_stays_as_it_is() {
        let otherwise =
            NetworkChoices { activation: Activation::Gelu, stem_dropout: 0.0, head_dropout: 0.1, image_edge: 64, ..Default::default() };
        let file = NetworkChoices { depth: 20, start_filters: 16, ..Default::default() };
        let found = network_of(&shapes(&file), &otherwise).unwrap();
        let wanted = NetworkChoices { depth: 20, start_filters: 16, pool: 0, ..otherwise };
        assert_eq!(found, wanted, "larger images are averaged to the same number of values");
    }

    #[test]
    fn weights_that_fit_the_settings_already_leave_all_of_them() {
        let own = settled(NetworkChoices {
            depth: 20,
            switched_blocks: vec![BlockPlace { stage: 1, block: 1 }],
            activation: Activation::Elu,
            ..Default::default()
        });
        assert_eq!(network_of(&shapes(&own), &own), Some(own.clone()), "a switched identity has no weights to tell it");
    }

    #[test]
    fn a_set_of_weights_that_no_network_has_is_none() {
        let whole = shapes(&NetworkChoices { depth: 20, ..Default::default() });
        for missing in ["stem.conv.kernel", "head.bn.beta", "stages.1.blocks.0.conv2.kernel", "head.dense2.bias"] {
            let mut weights = whole.clone();
            weights.remove(missing);
            assert_eq!(network_of(&weights, &NetworkChoices::default()), None, "without {missing}");
        }
        let mut other = whole.clone();
        other.insert("stages.2.blocks.1.conv2.kernel".into(), vec![3, 3, 9, 9]);
        assert_eq!(network_of(&other, &NetworkChoices::default()), None, "one kernel of another width");
        let mut huge = whole;
        huge.insert("stem.conv.kernel".into(), vec![3, 3, usize::MAX, usize::MAX]);
        huge.insert("head.dense1.kernel".into(), vec![usize::MAX, 1]);
        assert_eq!(network_of(&huge, &NetworkChoices::default()), None, "sizes that nothing holds");
        assert_eq!(network_of(&WeightShapes::new(), &NetworkChoices::default()), None, "nothing");
    }

    #[test]
    fn a_missing_weight_leaves_the_rest_to_say_which_network_it_is() {
        let mut weights = shapes(&NetworkChoices { depth: 20, start_filters: 16, ..Default::default() });
        weights.remove("head.bn.beta");
        let nearest = nearest_network(&weights, &NetworkChoices::default()).unwrap();
        assert_eq!((nearest.depth().layers(), nearest.start_filters()), (20, 16), "all but one weight say it");
    }
}
