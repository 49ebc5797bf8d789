//! The one place that decides how a convolution is computed.

use burn::module::{Module, Param};
#[cfg(feature = "webgpu")]
use burn::tensor::module::conv2d;
#[cfg(feature = "webgpu")]
use burn::tensor::ops::{ConvOptions, PadMode};
use burn::tensor::{Device, Tensor};

use super::weights::{LayerBuilder, WeightError, WeightRole};
use crate::operations::convolve;

/// How the sums are carried out; both give the same numbers up to rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    /// Our own loops, on the CPU.
    Own,
    /// Burn's convolution on a permuted view. The CPU's trainer does without, and so without its code.
    #[cfg(feature = "webgpu")]
    Stock,
}

impl Method {
    #[cfg(feature = "webgpu")]
    fn for_device(device: &Device) -> Self {
        // Equality of devices looks at the hardware, not at autodiff.
        if *device == Device::flex() { Self::Own } else { Self::Stock }
    }

    #[cfg(not(feature = "webgpu"))]
    fn for_device(_device: &Device) -> Self {
        Self::Own
    }
}

/// Convolution with a square kernel of odd edge, Keras' `same` padding and a bias.
#[derive(Module, Debug)]
pub struct Convolution {
    /// `[height, width, in, out]`, Keras' order.
    pub kernel: Param<Tensor<4>>,
    /// `[out]`.
    pub bias: Param<Tensor<1>>,
    stride: usize,
    #[module(skip)]
    method: Method,
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
        Ok(Self { kernel, bias, stride, method: Method::for_device(build.device) })
    }

    /// `[batch, height, width, in]` → `[batch, height / stride, width / stride, out]`.
    pub fn forward(&self, input: Tensor<4>) -> Tensor<4> {
        match self.method {
            Method::Own => convolve(input, self.kernel.val(), self.bias.val(), self.stride),
            #[cfg(feature = "webgpu")]
            Method::Stock => self.stock(input),
        }
    }

    #[cfg(feature = "webgpu")]
    fn stock(&self, input: Tensor<4>) -> Tensor<4> {
        let [size, ..] = self.kernel.dims();
        let before = margin_before(size, self.stride);
        let after = size.saturating_sub(self.stride) - before;
        // Burn pads both sides alike; Keras pads an odd margin at the bottom and right.
        let (input, padding) = if before == after {
            (input, before)
        } else {
            (input.pad([(0, 0), (before, after), (before, after), (0, 0)], PadMode::Constant(0.0)), 0)
        };
        let options = ConvOptions::new([self.stride; 2], [padding; 2], [1, 1], 1);
        let kernel = self.kernel.val().permute([3, 2, 0, 1]);
        conv2d(input.permute([0, 3, 1, 2]), kernel, Some(self.bias.val()), options).permute([0, 2, 3, 1])
    }
}

/// Rows and columns that Keras' `same` adds at the top and left of a map whose edge the stride divides:
/// the smaller half of `kernel − stride`.
#[cfg(feature = "webgpu")]
fn margin_before(size: usize, stride: usize) -> usize {
    size.saturating_sub(stride) / 2
}
