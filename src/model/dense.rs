//! Fully connected layer.

use burn::module::{Module, Param};
use burn::tensor::Tensor;

use super::weights::{LayerBuilder, WeightError, WeightRole};

/// `x · kernel + bias`.
#[derive(Module, Debug)]
pub struct Dense {
    /// `[in, out]`.
    pub kernel: Param<Tensor<2>>,
    /// `[out]`.
    pub bias: Param<Tensor<1>>,
}

impl Dense {
    pub(super) fn new(name: &str, shape: [usize; 2], build: &mut LayerBuilder<'_>) -> Result<Self, WeightError> {
        let kernel = build.parameter(name, WeightRole::Kernel, shape)?;
        let bias = build.parameter(name, WeightRole::Bias, [shape[1]])?;
        Ok(Self { kernel, bias })
    }

    /// `[batch, in]` → `[batch, out]`.
    pub fn forward(&self, input: Tensor<2>) -> Tensor<2> {
        input.matmul(self.kernel.val()) + self.bias.val().unsqueeze()
    }
}
