//! Stochastic gradient descent with momentum, as Keras computes it.

use burn::tensor::Tensor;

use super::rule::{Rule, Turn};

/// What it remembers of one weight, flattened.
#[derive(Debug, Clone)]
pub struct Sgd {
    /// Where the weight is going: `v ← momentum · v − lr · gradient`.
    velocity: Tensor<1>,
}

impl Rule for Sgd {
    fn new(like: &Tensor<1>) -> Self {
        Self { velocity: like.zeros_like() }
    }

    fn follow(self, turn: Turn) -> (Tensor<1>, Self) {
        let Turn { weight, gradient, step } = turn;
        let push = step.with_penalty(gradient, &weight).mul_scalar(-step.learning_rate);
        let velocity = self.velocity.mul_scalar(step.momentum) + push.clone();
        let moved = if step.nesterov { weight + velocity.clone().mul_scalar(step.momentum) + push } else { weight + velocity.clone() };
        (moved, Self { velocity })
    }

    fn parts(&self) -> Vec<Tensor<1>> {
        vec![self.velocity.clone()]
    }

    fn from_parts(parts: Vec<Tensor<1>>) -> Option<Self> {
        let [velocity] = parts.try_into().ok()?;
        Some(Self { velocity })
    }
}
