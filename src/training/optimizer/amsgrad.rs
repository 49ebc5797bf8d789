//! Adam with the AMSGrad maximum (Reddi et al. 2018).

use burn::tensor::Tensor;
use resnet_kernels::AmsGradStep;

use super::adam::bias_correction;
use super::rule::{Rule, RuleStep};
use crate::model::ops::amsgrad::amsgrad;

/// What it remembers of one weight, flattened.
#[derive(Debug, Clone)]
pub struct AmsGrad {
    /// Moving mean of the gradient.
    first: Tensor<1>,
    /// Moving mean of the squared gradient.
    second: Tensor<1>,
    /// Largest value that `second` ever had.
    largest_second: Tensor<1>,
}

impl Rule for AmsGrad {
    fn new(like: &Tensor<1>) -> Self {
        let [first, second, largest_second] = [(); 3].map(|()| like.zeros_like());
        Self { first, second, largest_second }
    }

    fn follow(self, weight: Tensor<1>, gradient: Tensor<1>, step: RuleStep) -> (Tensor<1>, Self) {
        let step_length = (step.learning_rate * bias_correction(step.number)) as f32;
        let step = AmsGradStep { step_length, weight_in_gradient: step.weight_in_gradient as f32 };
        let (weight, [first, second, largest_second]) = amsgrad(step, weight, gradient, [self.first, self.second, self.largest_second]);
        (weight, Self { first, second, largest_second })
    }

    fn parts(&self) -> Vec<&Tensor<1>> {
        vec![&self.first, &self.second, &self.largest_second]
    }

    fn from_parts(parts: Vec<Tensor<1>>) -> Option<Self> {
        let [first, second, largest_second] = parts.try_into().ok()?;
        Some(Self { first, second, largest_second })
    }
}
