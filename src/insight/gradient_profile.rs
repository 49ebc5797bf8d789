//! The gradient of each layer along the network, from the image to the scores.

use std::ops::Range;

use crate::drawing::plot::PlotPoint;
use crate::insight::layer_stats::LayerGradients;
use crate::spec::{BlockPlace, ResNetSpec};

/// Places in [`ResNetSpec::kernel_layers`] of the layers along the residual path: a projection lies beside it.
pub fn path_places(spec: &ResNetSpec) -> Vec<usize> {
    let layers = spec.kernel_layers().into_iter().enumerate();
    layers.filter(|(_, name)| !name.ends_with(".shortcut")).map(|(place, _)| place).collect()
}

/// Points to plot: the layer's number, 1 for the first, and the power of ten of its norm. A layer without
/// a gradient gives negative infinity, which a plot leaves out.
pub fn profile(spec: &ResNetSpec, gradients: &LayerGradients) -> Vec<PlotPoint> {
    let norms = path_places(spec).into_iter().filter_map(|place| gradients.norms.get(place));
    norms.zip(1..).map(|(norm, place)| (f64::from(place), f64::from(*norm).log10())).collect()
}

/// Norm of each convolution in the residual branch of a block, or their geometric means over a bundle of blocks;
/// `path` is the network's [`profile`].
pub fn branch_norms(spec: &ResNetSpec, path: &[PlotPoint], stage: usize, blocks: &Range<usize>) -> Vec<f64> {
    let (first, convolutions) = (spec.block_number(BlockPlace { stage, block: 0 }), spec.choices().convolutions_per_block);
    // The stem's convolution comes first.
    let power = |block: usize, convolution: usize| path.get(1 + (first + block) * convolutions + convolution);
    let mean = |convolution| {
        let powers = blocks.clone().filter_map(|block| power(block, convolution)).map(|point| point.1);
        10f64.powf(powers.sum::<f64>() / blocks.len().max(1) as f64)
    };
    (0..convolutions).map(mean).collect()
}

/// Place of a norm on the ramp from small to large: 0 for [`RAMP`]'s lower end or less, 1 for its upper end or more.
pub fn place_on_ramp(norm: f64) -> f64 {
    let [low, high] = RAMP.map(f64::log10);
    let place = (norm.log10() - low) / (high - low);
    // What is no number has overflowed.
    if place.is_nan() { 1.0 } else { place.clamp(0.0, 1.0) }
}

/// Norms at the two ends of the ramp of colours. Fixed, so that a network in which all gradients have died looks it.
pub const RAMP: [f64; 2] = [1e-6, 1e2];

/// The gradient in the convolutions of the first stage.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstStage {
    /// Geometric mean of the norms of those that have a gradient; 0 when none has.
    pub norm: f64,
    /// Those that have none, as `stages.0.blocks.1.conv2`: nothing came back through them.
    pub without: Vec<String>,
}

/// Looks at the first stage; none when one of its norms is no number.
pub fn first_stage(spec: &ResNetSpec, gradients: &LayerGradients) -> Option<FirstStage> {
    let of_stage = |name: &str| name.starts_with("stages.0.") && !name.ends_with(".shortcut");
    let norms = spec.kernel_layers().into_iter().zip(&gradients.norms).filter(|(name, _)| of_stage(name));
    let (without, with): (Vec<_>, Vec<_>) = norms.partition(|(_, norm)| **norm == 0.0);
    let logarithms: f64 = with.iter().map(|(_, norm)| f64::from(**norm).ln()).sum();
    let norm = if with.is_empty() { 0.0 } else { (logarithms / with.len() as f64).exp() };
    norm.is_finite().then(|| FirstStage { norm, without: without.into_iter().map(|(name, _)| name).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_has_a_point_for_each_layer_the_depth_counts() {
        let spec = ResNetSpec::default();
        let gradients = LayerGradients { step: 0, norms: vec![0.01; spec.kernel_layers().len()] };
        let points = profile(&spec, &gradients);
        // Depth 9n + 2 counts the convolutions of stem and blocks and the last dense layer; the tutorial's head has one more.
        assert_eq!(points.len(), spec.depth().layers() + 1, "each once, projections left out");
        assert!(points.iter().all(|point| (point.1 + 2.0).abs() < 1e-6), "as powers of ten");
        let first = first_stage(&spec, &gradients).unwrap();
        assert!((first.norm - 0.01).abs() < 1e-6 && first.without.is_empty(), "the mean of equals");
    }

    #[test]
    fn each_block_gets_its_own_convolutions_and_a_bundle_their_mean() {
        for blocks_in_stages in [vec![3, 3, 3], vec![1, 4, 2], vec![5, 3, 1]] {
            each_block_gets_its_own(&ResNetSpec::new(crate::spec::NetworkChoices { blocks_in_stages, ..Default::default() }).unwrap());
        }
    }

    fn each_block_gets_its_own(spec: &ResNetSpec) {
        let layers = spec.kernel_layers();
        let in_block = |name: &str| name.starts_with("stages.1.blocks.2.conv");
        let norms = layers.iter().map(|name| if in_block(name) { 1e-4 } else { 1.0 }).collect();
        let gradients = LayerGradients { step: 0, norms };
        let path = profile(spec, &gradients);
        let near = |norms: Vec<f64>, wanted: f64| norms.len() == 3 && norms.iter().all(|norm| (norm / wanted - 1.0).abs() < 1e-4);
        assert!(near(branch_norms(spec, &path, 1, &(2..3)), 1e-4), "block 3 of stage 2");
        assert!(near(branch_norms(spec, &path, 1, &(1..2)), 1.0), "not its neighbour");
        assert!(near(branch_norms(spec, &path, 1, &(1..3)), 1e-2), "both together");
    }

    #[test]
    fn the_ramp_ends_where_it_says() {
        assert_eq!([0.0, 1e-9, 1e-2, 1e5, f64::NAN].map(place_on_ramp), [0.0, 0.0, 0.5, 1.0, 1.0], "and takes what is no number");
    }

    #[test]
    fn a_gradient_that_is_no_number_has_no_mean() {
        let spec = ResNetSpec::default();
        let gradients = LayerGradients { step: 0, norms: vec![f32::NAN; spec.kernel_layers().len()] };
        assert_eq!(first_stage(&spec, &gradients), None, "and no sentence is made of it");
    }

    #[test]
    fn layers_without_a_gradient_are_named_and_leave_the_mean_of_the_others_alone() {
        let spec = ResNetSpec::default();
        let dead = |name: &str| name == "stages.0.blocks.0.conv2";
        let norms = spec.kernel_layers().iter().map(|name| if dead(name) { 0.0 } else { 0.5 }).collect();
        let first = first_stage(&spec, &LayerGradients { step: 0, norms }).unwrap();
        assert_eq!((first.norm, first.without), (0.5, vec!["stages.0.blocks.0.conv2".to_owned()]), "a dead layer is no zero in a mean");
    }
}
