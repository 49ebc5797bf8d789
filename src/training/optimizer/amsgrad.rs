//! Adam with the AMSGrad maximum (Reddi et al. 2018).

use burn::backend::Dispatch;
use burn::tensor::Tensor;
use resnet_kernels::AmsGradStep;

use super::adam::bias_correction;
use super::rule::{Rule, Turn};
use crate::model::ops::amsgrad::{AmsGradOperation, MovedWeight, MovingWeight};

/// What it remembers of one weight, flattened.
#[derive(Debug, Clone)]
pub struct AmsGrad {
    /// `[3, numbers]`: moving means of the gradient and of its square, and the largest value that the latter ever had.
    moments: Tensor<2>,
}

impl AmsGrad {
    /// Two weights in one pass.
    pub(super) fn follow_two(one: (Self, Turn), other: (Self, Turn)) -> [(Tensor<1>, Self); 2] {
        let (one, other) = Dispatch::amsgrad_of_two(one.0.moving(one.1), other.0.moving(other.1));
        [one, other].map(Self::moved)
    }

    fn moving(self, turn: Turn) -> MovingWeight<Dispatch> {
        let Turn { weight, gradient, step } = turn;
        let step_length = (step.learning_rate * bias_correction(step.number)) as f32;
        let step = AmsGradStep { step_length, weight_in_gradient: step.weight_in_gradient as f32 };
        MovingWeight::new(weight, gradient, self.moments, step)
    }

    fn moved(weight: MovedWeight<Dispatch>) -> (Tensor<1>, Self) {
        let (weight, moments) = weight.into_tensors();
        (weight, Self { moments })
    }
}

impl Rule for AmsGrad {
    fn new(like: &Tensor<1>) -> Self {
        Self { moments: Tensor::zeros([3, like.dims()[0]], &like.device()) }
    }

    fn follow(self, turn: Turn) -> (Tensor<1>, Self) {
        Self::moved(Dispatch::amsgrad(self.moving(turn)))
    }

    fn parts(&self) -> Vec<Tensor<1>> {
        self.moments.clone().chunk(3, 0).into_iter().map(|part| part.flatten(0, 1)).collect()
    }

    fn from_parts(parts: Vec<Tensor<1>>) -> Option<Self> {
        let parts: [Tensor<1>; 3] = parts.try_into().ok()?;
        Some(Self { moments: Tensor::stack(parts.into(), 0) })
    }
}
