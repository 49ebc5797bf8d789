//! Fully connected layer.

use burn::module::{Module, Param};
use burn::tensor::Tensor;

use super::weights::{LayerBuilder, WeightError, WeightRole};
use crate::model::ops::convolve;

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
        let [batch, units] = input.dims();
        let kernel = self.kernel.val();
        let [_, units_out] = kernel.dims();
        // As a 1×1 convolution of a map of one row, a pixel an image: the kernels are there already, and to compile matrix
        // products for these few sums takes longer than all else in the first step.
        let output = convolve(input.reshape([1, 1, batch, units]), kernel.reshape([1, 1, units, units_out]), self.bias.val(), 1);
        output.reshape([batch, units_out])
    }
}
