//! How large the gradient is in each layer.

use std::collections::BTreeMap;

use burn::tensor::{Gradients, Tensor};

use crate::model::{ResNet, named_gradients};

/// Smallest number that stays normal in `f32` after a division; below it there is no gradient to speak of.
const NOTHING: f32 = 1e-36;

/// Euclidean norm of the gradient of each layer's kernel, `[layers]`, queued and not read back; `None`
/// for no layers. 0 for a layer without a gradient, as frozen ones have none.
///
/// The largest component is taken out before squaring: where gradients die, at 1e-25, their squares
/// are 0 in `f32`, and the picture would end where it gets interesting.
pub fn gradient_norms(model: &ResNet, gradients: &Gradients, layers: &[String]) -> Option<Tensor<1>> {
    let mut found: BTreeMap<String, Tensor<1>> = named_gradients(model, gradients).into_iter().collect();
    let like = found.values().next()?.clone();
    let norms: Vec<_> = layers
        .iter()
        .map(|layer| match found.remove(&format!("{layer}.kernel")) {
            Some(gradient) => norm(gradient),
            None => like.clone().narrow(0, 0, 1).zeros_like(),
        })
        .collect();
    (!norms.is_empty()).then(|| Tensor::cat(norms, 0))
}

/// Euclidean norm, `[count]` → `[1]`.
pub(super) fn norm(values: Tensor<1>) -> Tensor<1> {
    let largest = values.clone().abs().max();
    let scale = largest.clone().clamp_min(NOTHING);
    largest * (values / scale).square().sum().sqrt()
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;

    #[test]
    fn a_norm_survives_numbers_whose_squares_are_zero_or_infinite() {
        for size in [1e-30f32, 1e-3, 1e30] {
            let values = Tensor::<1>::from_data([3.0 * size, 4.0 * size], &Device::flex());
            let measured: f32 = norm(values).into_scalar();
            assert!((measured / (5.0 * size) - 1.0).abs() < 1e-5, "{measured} for 3 and 4 times {size}");
        }
        let nothing: f32 = norm(Tensor::<1>::zeros([4], &Device::flex())).into_scalar();
        assert_eq!(nothing, 0.0, "no gradient has no size");
    }
}
