//! The one place that decides how a convolution is computed.

use burn::module::{Module, Param};
use burn::tensor::module::conv2d;
use burn::tensor::ops::{ConvOptions, PadMode};
use burn::tensor::{Device, Tensor};

use super::weights::{LayerBuilder, WeightError, WeightRole};

/// How the sums are carried out; both give the same numbers up to rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    /// Windows laid out as rows, then one matrix product. Fastest on the CPU, where Burn's matrix
    /// product is the best-tuned kernel.
    MatrixProduct,
    /// Burn's own convolution on a permuted view. On a GPU without autotune the matrix product
    /// would pick a shared-memory kernel and take five times as long.
    Stock,
}

impl Method {
    fn for_device(device: &Device) -> Self {
        // Equality of devices looks at the hardware, not at autodiff.
        if *device == Device::flex() { Self::MatrixProduct } else { Self::Stock }
    }
}

/// Convolution with a square kernel of 1 or 3, `same` padding and a bias.
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
            Method::MatrixProduct => self.matrix_product(input),
            Method::Stock => self.stock(input),
        }
    }

    fn matrix_product(&self, input: Tensor<4>) -> Tensor<4> {
        let [size, _, channels_in, channels_out] = self.kernel.dims();
        let kernel = self.kernel.val().reshape([size * size * channels_in, channels_out]);
        let input = every_other_pixel(input, self.stride);
        let [batch, height, width, _] = input.dims();
        let windows = if size == 1 { input } else { windows(input, size) };
        let rows = windows.reshape([batch * height * width, size * size * channels_in]);
        let output = rows.matmul(kernel) + self.bias.val().unsqueeze();
        output.reshape([batch, height, width, channels_out])
    }

    fn stock(&self, input: Tensor<4>) -> Tensor<4> {
        let [size, ..] = self.kernel.dims();
        let padding = size / 2;
        let options = ConvOptions::new([self.stride; 2], [padding; 2], [1, 1], 1);
        let kernel = self.kernel.val().permute([3, 2, 0, 1]);
        conv2d(input.permute([0, 3, 1, 2]), kernel, Some(self.bias.val()), options).permute([0, 2, 3, 1])
    }
}

/// Pixels 0, 2, 4, … for stride 2: what a 1×1 convolution with `same` padding reads.
/// Only 1×1 convolutions have a stride in this network.
fn every_other_pixel(input: Tensor<4>, stride: usize) -> Tensor<4> {
    if stride == 1 {
        return input;
    }
    let [batch, height, width, channels] = input.dims();
    let (rows, columns) = (height / stride, width / stride);
    input
        .reshape([batch, rows, stride, columns, stride, channels])
        .slice([0..batch, 0..rows, 0..1, 0..columns, 0..1, 0..channels])
        .reshape([batch, rows, columns, channels])
}

/// `[batch, height, width, channels]` → `[batch, height, width, size² · channels]`: beside each
/// pixel its neighbourhood, row by row, zeros outside the image.
fn windows(input: Tensor<4>, size: usize) -> Tensor<4> {
    let [batch, height, width, channels] = input.dims();
    let margin = size / 2;
    let padded = input.pad([(0, 0), (margin, margin), (margin, margin), (0, 0)], PadMode::Constant(0.0));
    let shifted = (0..size)
        .flat_map(|row| (0..size).map(move |column| (row, column)))
        .map(|(row, column)| padded.clone().slice([0..batch, row..row + height, column..column + width, 0..channels]));
    Tensor::cat(shifted.collect(), 3)
}
