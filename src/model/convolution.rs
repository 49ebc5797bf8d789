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
            Method::MatrixProduct => self.matrix_product(input),
            Method::Stock => self.stock(input),
        }
    }

    fn matrix_product(&self, input: Tensor<4>) -> Tensor<4> {
        let [size, _, channels_in, channels_out] = self.kernel.dims();
        let kernel = self.kernel.val().reshape([size * size * channels_in, channels_out]);
        let windows = if size == 1 { input } else { windows(input, size, margin_before(size, self.stride)) };
        let windows = every_other_pixel(windows, self.stride);
        let [batch, height, width, _] = windows.dims();
        let rows = windows.reshape([batch * height * width, size * size * channels_in]);
        let output = rows.matmul(kernel) + self.bias.val().unsqueeze();
        output.reshape([batch, height, width, channels_out])
    }

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
fn margin_before(size: usize, stride: usize) -> usize {
    size.saturating_sub(stride) / 2
}

/// Pixels 0, 2, 4, … for stride 2.
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
/// pixel the window that starts `before` pixels above and left of it, row by row, zeros outside the image.
fn windows(input: Tensor<4>, size: usize, before: usize) -> Tensor<4> {
    let [batch, height, width, channels] = input.dims();
    let margins = (before, size - 1 - before);
    let padded = input.pad([(0, 0), margins, margins, (0, 0)], PadMode::Constant(0.0));
    let shifted = (0..size)
        .flat_map(|row| (0..size).map(move |column| (row, column)))
        .map(|(row, column)| padded.clone().slice([0..batch, row..row + height, column..column + width, 0..channels]));
    Tensor::cat(shifted.collect(), 3)
}
