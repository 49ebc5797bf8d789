//! Stochastic gradient descent with momentum, as Keras computes it.

use burn::backend::{DispatchTensor, TensorMetadata};
use burn::tensor::{Device, Tensor};

use super::rule::{Rule, Turn, flat, in_shape};

/// What it remembers of one weight, flattened.
#[derive(Debug, Clone)]
pub struct Sgd {
    /// Where the weight is going: `v ← momentum · v − lr · gradient`.
    velocity: Tensor<1>,
}

impl Rule for Sgd {
    fn new(numbers: usize, device: &Device) -> Self {
        Self { velocity: Tensor::zeros([numbers], device) }
    }

    fn follow(self, turn: Turn) -> (DispatchTensor, Self) {
        let Turn { weight, gradient, step, step_size } = turn;
        let shape = weight.shape();
        let [weight, gradient] = [weight, gradient].map(flat);
        let pull = step.with_penalty(gradient, &weight) * step_size;
        let velocity = self.velocity.mul_scalar(step.momentum) - pull.clone();
        let moved = if step.nesterov { weight + velocity.clone().mul_scalar(step.momentum) - pull } else { weight + velocity.clone() };
        (in_shape(moved, shape), Self { velocity })
    }

    fn parts(&self) -> Vec<Tensor<1>> {
        vec![self.velocity.clone()]
    }

    fn from_parts(parts: Vec<Tensor<1>>) -> Option<Self> {
        let [velocity] = parts.try_into().ok()?;
        Some(Self { velocity })
    }
}
