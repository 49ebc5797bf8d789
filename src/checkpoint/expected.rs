//! Every weight a network has, in Keras' names and shapes.

use crate::spec::{LayerKind, ResNetSpec};

/// One weight of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedWeight {
    /// Keras name, for example `stem.conv.kernel`.
    pub name: String,
    /// Keras shape: kernels `[height, width, in, out]` or `[in, out]`, all else `[channels]`.
    pub shape: Vec<usize>,
}

/// All weights, moving statistics included, in the order of the forward pass.
pub fn expected_weights(spec: &ResNetSpec) -> Vec<ExpectedWeight> {
    let mut weights = Vec::new();
    for layer in spec.layers() {
        let (channels_in, channels_out) = (layer.input[2], layer.output[2]);
        let mut add = |part: &str, shape: Vec<usize>| weights.push(ExpectedWeight { name: format!("{}.{part}", layer.name), shape });
        match layer.kind {
            LayerKind::Convolution { kernel, .. } => {
                add("kernel", vec![kernel, kernel, channels_in, channels_out]);
                add("bias", vec![channels_out]);
            }
            LayerKind::Dense { .. } => {
                add("kernel", vec![channels_in, channels_out]);
                add("bias", vec![channels_out]);
            }
            LayerKind::BatchNorm => {
                for part in ["gamma", "beta", "moving_mean", "moving_variance"] {
                    add(part, vec![channels_out]);
                }
            }
            _ => {}
        }
    }
    weights
}
