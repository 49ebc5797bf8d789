//! Adam with the AMSGrad maximum (Reddi et al. 2018).

use burn::backend::{Dispatch, DispatchTensor};
use burn::tensor::{Device, Tensor};

use super::rule::{Rule, Turn};
use crate::model::ops::amsgrad::{AmsGradOperation, MovedWeight, MovingWeight};
use crate::model::ops::overwrite::duplicate;

/// What it remembers of one weight, flattened.
#[derive(Debug, Clone)]
pub struct AmsGrad {
    /// `[3, numbers]`: moving means of the gradient and of its square, and the largest value that the latter ever had.
    moments: Tensor<2>,
}

impl AmsGrad {
    /// Two weights of the same step in one pass.
    pub(super) fn follow_two(one: (Self, Turn), other: (Self, Turn)) -> [(DispatchTensor, Self); 2] {
        let step_size = one.1.step_size.clone().into_dispatch();
        let (one, other) = Dispatch::amsgrad_of_two(one.0.moving(one.1), other.0.moving(other.1), step_size);
        [one, other].map(Self::moved)
    }

    /// The same in buffers of its own.
    pub(super) fn duplicate(&self) -> Self {
        Self { moments: duplicate(self.moments.clone()) }
    }

    fn moving(self, turn: Turn) -> MovingWeight<Dispatch> {
        let Turn { weight, gradient, step, .. } = turn;
        let (moments, weight_in_gradient) = (self.moments.into_dispatch(), step.weight_in_gradient as f32);
        MovingWeight { weight, gradient, moments, weight_in_gradient }
    }

    fn moved(moved: MovedWeight<Dispatch>) -> (DispatchTensor, Self) {
        (moved.weight, Self { moments: Tensor::from_dispatch(moved.moments) })
    }
}

impl Rule for AmsGrad {
    fn new(numbers: usize, device: &Device) -> Self {
        Self { moments: Tensor::zeros([3, numbers], device) }
    }

    fn follow(self, turn: Turn) -> (DispatchTensor, Self) {
        let step_size = turn.step_size.clone().into_dispatch();
        Self::moved(Dispatch::amsgrad(self.moving(turn), step_size))
    }

    fn parts(&self) -> Vec<Tensor<1>> {
        self.moments.clone().chunk(3, 0).into_iter().map(|part| part.flatten(0, 1)).collect()
    }

    fn from_parts(parts: Vec<Tensor<1>>) -> Option<Self> {
        let parts: [Tensor<1>; 3] = parts.try_into().ok()?;
        Some(Self { moments: Tensor::stack(parts.into(), 0) })
    }
}
