//! Convolution, as Keras' `Conv2D`.

use burn::module::{Module, Param};
use burn::tensor::Tensor;

use super::weights::{LayerBuilder, WeightError, WeightRole};
use crate::model::ops::convolve;

/// Convolution with a square kernel of odd edge, Keras' `same` padding and a bias.
#[derive(Module, Debug)]
pub struct Convolution {
    /// `[height, width, in, out]`, Keras' order.
    pub kernel: Param<Tensor<4>>,
    /// `[out]`.
    pub bias: Param<Tensor<1>>,
    stride: usize,
}

impl Convolution {
    /// `shape` is `[kernel, in, out]`.
    pub(super) fn new(
        name: &str,
        [size, channels_in, channels_out]: [usize; 3],
        stride: usize,
        build: &mut LayerBuilder<'_>,
    ) -> Result<Self, WeightError> {
        let kernel = build.parameter(name, WeightRole::Kernel, [size, size, channels_in, channels_out])?;
        let bias = build.parameter(name, WeightRole::Bias, [channels_out])?;
        Ok(Self { kernel, bias, stride })
    }

    /// `[batch, height, width, in]` → `[batch, height / stride, width / stride, out]`.
    pub fn forward(&self, input: Tensor<4>) -> Tensor<4> {
        convolve(input, self.kernel.val(), self.bias.val(), self.stride)
    }
}
