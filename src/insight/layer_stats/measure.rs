//! The quantities that can be shown along the depth of a network.

use crate::drawing::plot::{PlotPoint, ValueFormat};
use crate::insight::gradient_profile::path_places;
use crate::insight::layer_stats::{BlockLook, NetworkLook};
use crate::language::text;
use crate::spec::ResNetSpec;

/// One quantity of a [`NetworkLook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// Norm of each layer's gradient.
    #[default]
    Gradient,
    /// How much one update changes each layer.
    Update,
    /// Root mean square of what each block gives.
    OutputScale,
    /// ‖F(x)‖ / ‖x‖ of each block.
    ResidualShare,
    /// Share of each block's ReLU channels that are always 0.
    DeadRelus,
}

impl Measure {
    /// All, in the order of their buttons.
    pub const ALL: [Self; 5] = [Self::Gradient, Self::Update, Self::OutputScale, Self::ResidualShare, Self::DeadRelus];

    /// For its button.
    pub fn label(self) -> &'static str {
        match self {
            Self::Gradient => text!("Gradient"),
            Self::Update => text!("Weight update"),
            Self::OutputScale => text!("Block output"),
            Self::ResidualShare => text!("Residual share"),
            Self::DeadRelus => text!("Dead ReLUs"),
        }
    }

    /// What the numbers are.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Gradient => text!("Norm of the gradient in each layer; layer 1 is next to the image."),
            Self::Update => text!("‖Δw‖ / ‖w‖: how far one step moves the kernel of each layer. 0 is a layer that does not learn."),
            Self::OutputScale => text!("Root mean square of what each block gives to the next."),
            Self::ResidualShare => {
                text!("‖F(x)‖ / ‖x‖: what the block adds, next to what its skip connection carries. No point where a block has none.")
            }
            Self::DeadRelus => text!(
                "Share of a block's ReLU channels that were 0 at every place of every image of the batch: nothing flows back through them."
            ),
        }
    }

    /// What is counted along the network.
    pub fn counts(self) -> &'static str {
        if self.is_of_layers() { text!("layers") } else { text!("blocks") }
    }

    /// How many of them a network has.
    pub fn length(self, spec: &ResNetSpec) -> usize {
        if self.is_of_layers() { path_places(spec).len() } else { spec.blocks().len() }
    }

    /// Ends of its axis, where they are the same for every network.
    pub fn limits(self) -> Option<[f64; 2]> {
        (self == Self::DeadRelus).then_some([0.0, 1.0])
    }

    /// How its values are written. Those of [`ValueFormat::PowerOfTen`] are plotted as their logarithm.
    pub fn format(self) -> ValueFormat {
        if self == Self::DeadRelus { ValueFormat::Percent } else { ValueFormat::PowerOfTen }
    }

    fn is_of_layers(self) -> bool {
        matches!(self, Self::Gradient | Self::Update)
    }

    /// Points along the network, counted from 1: see [`Measure::values`].
    pub fn profile(self, spec: &ResNetSpec, look: &NetworkLook) -> Vec<PlotPoint> {
        self.values(&path_places(spec), look).into_iter().zip(1..).map(|(value, place)| (f64::from(place), value)).collect()
    }

    /// Values along the network, of whose kernels `path` tells those on the residual path. Logarithms where the format
    /// says so; a value of 0 is then negative infinity and one that is not there no number: a plot leaves both out.
    pub fn values(self, path: &[usize], look: &NetworkLook) -> Vec<f64> {
        let of_layers =
            |values: &[f32]| path.iter().filter_map(|place| values.get(*place)).map(|value| f64::from(*value).log10()).collect();
        let of_blocks = |value: fn(&BlockLook) -> Option<f32>| -> Vec<f64> {
            look.blocks.iter().map(|block| value(block).map_or(f64::NAN, f64::from)).collect()
        };
        let powers = |values: Vec<f64>| values.into_iter().map(f64::log10).collect();
        match self {
            Self::Gradient => of_layers(&look.gradients.norms),
            Self::Update => of_layers(&look.update_ratios),
            Self::OutputScale => powers(of_blocks(|block| Some(block.output_scale))),
            Self::ResidualShare => powers(of_blocks(|block| block.residual_share)),
            Self::DeadRelus => of_blocks(|block| block.dead_share),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::layer_stats::LayerGradients;

    #[test]
    fn each_measure_has_one_point_for_each_layer_or_block() {
        let spec = ResNetSpec::default();
        let layers = spec.kernel_layers().len();
        let block = BlockLook { output_scale: 0.01, residual_share: None, dead_share: Some(0.25) };
        let look = NetworkLook {
            gradients: LayerGradients { step: 0, norms: vec![0.01; layers] },
            update_ratios: vec![0.01; layers],
            blocks: vec![block; 3],
        };
        for measure in Measure::ALL {
            let points = measure.profile(&spec, &look);
            let wanted = if measure.is_of_layers() { spec.depth().layers() + 1 } else { 3 };
            assert_eq!((points.len(), measure.length(&spec)), (wanted, wanted), "{}", measure.label());
            match measure {
                Measure::ResidualShare => assert!(points.iter().all(|point| point.1.is_nan()), "no skip connection, no share"),
                Measure::DeadRelus => assert!(points.iter().all(|point| point.1 == 0.25), "a share as it is"),
                _ => assert!(points.iter().all(|point| (point.1 + 2.0).abs() < 1e-6), "a power of ten"),
            }
        }
    }
}
