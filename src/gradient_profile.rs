//! The gradient of each layer along the network, from the image to the scores.

use crate::metrics::LayerGradients;
use crate::plot::PlotPoint;
use crate::spec::ResNetSpec;

/// Norms along the residual path: a projection lies beside it and is left out.
fn along_the_path<'a>(spec: &ResNetSpec, gradients: &'a LayerGradients) -> Vec<(String, &'a f32)> {
    spec.kernel_layers().into_iter().zip(&gradients.norms).filter(|(name, _)| !name.ends_with(".shortcut")).collect()
}

/// Points to plot: the layer's number, 1 for the first, and the power of ten of its norm. A layer without
/// a gradient gives negative infinity, which a plot leaves out.
pub fn profile(spec: &ResNetSpec, gradients: &LayerGradients) -> Vec<PlotPoint> {
    let path = along_the_path(spec, gradients).into_iter().zip(1..);
    path.map(|((_, norm), place)| (f64::from(place), f64::from(*norm).log10())).collect()
}

/// Geometric mean over the convolutions of the first stage; none when one of them is no number, 0 when one has no gradient.
pub fn first_stage_norm(spec: &ResNetSpec, gradients: &LayerGradients) -> Option<f64> {
    let path = along_the_path(spec, gradients);
    let logarithms: Vec<f64> =
        path.into_iter().filter(|(name, _)| name.starts_with("stages.0.")).map(|(_, norm)| f64::from(*norm).ln()).collect();
    let mean = logarithms.iter().sum::<f64>() / logarithms.len() as f64;
    Some(mean.exp()).filter(|norm| norm.is_finite())
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
        assert!((first_stage_norm(&spec, &gradients).unwrap() - 0.01).abs() < 1e-6, "the mean of equals");
    }

    #[test]
    fn a_gradient_that_is_no_number_has_no_mean() {
        let spec = ResNetSpec::default();
        let gradients = LayerGradients { step: 0, norms: vec![f32::NAN; spec.kernel_layers().len()] };
        assert_eq!(first_stage_norm(&spec, &gradients), None, "and no sentence is made of it");
    }
}
