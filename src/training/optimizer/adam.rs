//! Adam (Kingma & Ba 2015), as Keras computes it.

use burn::backend::{DispatchTensor, TensorMetadata};
use burn::tensor::{Device, Tensor};
use resnet_kernels::amsgrad::{BETA_1, BETA_2, EPSILON};

use super::rule::{Rule, Turn, flat, in_shape};

/// What it remembers of one weight, flattened.
#[derive(Debug, Clone)]
pub struct Adam {
    /// Moving mean of the gradient.
    first: Tensor<1>,
    /// Moving mean of the squared gradient.
    second: Tensor<1>,
}

/// What both moving means, which start from 0, still lack at step `number`, counted from 1.
///
/// Burn's own Adam scales epsilon by the correction of the second mean, as PyTorch does; Keras does not:
/// `w −= lr · √(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√v + ε)`. Where gradients are small, that is another network after three steps.
pub(super) fn bias_correction(number: i32) -> f64 {
    (1.0 - BETA_2.powi(number)).sqrt() / (1.0 - BETA_1.powi(number))
}

impl Rule for Adam {
    fn new(numbers: usize, device: &Device) -> Self {
        Self { first: Tensor::zeros([numbers], device), second: Tensor::zeros([numbers], device) }
    }

    fn follow(self, turn: Turn) -> (DispatchTensor, Self) {
        let Turn { weight, gradient, step, step_size } = turn;
        let shape = weight.shape();
        let [weight, gradient] = [weight, gradient].map(flat);
        let gradient = step.with_penalty(gradient, &weight);
        let squared = gradient.clone().square();
        let first = self.first.mul_scalar(BETA_1) + gradient.mul_scalar(1.0 - BETA_1);
        let second = self.second.mul_scalar(BETA_2) + squared.mul_scalar(1.0 - BETA_2);
        let moved = weight - first.clone() / second.clone().sqrt().add_scalar(EPSILON) * step_size;
        (in_shape(moved, shape), Self { first, second })
    }

    fn parts(&self) -> Vec<Tensor<1>> {
        vec![self.first.clone(), self.second.clone()]
    }

    fn from_parts(parts: Vec<Tensor<1>>) -> Option<Self> {
        let [first, second] = parts.try_into().ok()?;
        Some(Self { first, second })
    }
}
