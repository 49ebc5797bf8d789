//! Operations of our own: Burn's tensors, modules and optimizers see them as any other, but the sums are ours.
//!
//! An operation is a trait that extends Burn's backends. [`flex`] computes it on the CPU with the loops of
//! `resnet-kernels`, [`gradients`] tells autodiff how to go back through it. Another device joins by implementing
//! the two traits for its backend and naming it in `backend_extension`.

mod flex;
mod gradients;

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Dispatch, backend_extension};
use burn::tensor::Tensor;

/// Backends that convolve maps in `[batch, height, width, channels]`, padded as Keras' `same`.
#[backend_extension(Autodiff, Flex)]
pub trait MapConvolution: Backend {
    /// `input` `[batch, height, width, in]`, `kernel` `[edge, edge, in, out]` and `bias` `[out]` →
    /// `[batch, height / stride, width / stride, out]`, divisions rounded up.
    fn convolve_maps(input: FloatTensor<Self>, kernel: FloatTensor<Self>, bias: FloatTensor<Self>, stride: usize) -> FloatTensor<Self>;
}

/// What autodiff asks of a backend to go back through [`MapConvolution::convolve_maps`]; `gradient` is the one at the
/// output.
pub trait MapConvolutionGradients: MapConvolution {
    /// Gradient at the input, of which only the shape is needed: `[batch, height, width, in]`.
    fn input_gradient(gradient: FloatTensor<Self>, kernel: FloatTensor<Self>, input: [usize; 4], stride: usize) -> FloatTensor<Self>;

    /// Gradient of a kernel of this `edge`, `[edge, edge, in, out]`.
    fn kernel_gradient(gradient: FloatTensor<Self>, input: FloatTensor<Self>, edge: usize, stride: usize) -> FloatTensor<Self>;

    /// Gradient of the bias, `[out]`.
    fn bias_gradient(gradient: FloatTensor<Self>) -> FloatTensor<Self>;
}

/// As [`MapConvolution::convolve_maps`], for tensors on the CPU, with or without autodiff.
pub fn convolve(input: Tensor<4>, kernel: Tensor<4>, bias: Tensor<1>, stride: usize) -> Tensor<4> {
    let output = Dispatch::convolve_maps(input.into_dispatch(), kernel.into_dispatch(), bias.into_dispatch(), stride);
    Tensor::from_dispatch(output)
}
