//! Operations of our own: Burn's tensors, modules and optimizers see them as any other, but the sums are ours.
//!
//! An operation is a trait that extends Burn's backends. [`flex`] computes it on the CPU with the loops of
//! `resnet-kernels`, `webgpu` on a GPU with their WGSL, [`gradients`] tells autodiff how to go back through it.

pub mod amsgrad;
pub mod autodiff_context;
pub mod batch_norm;
pub mod cross_entropy;
pub mod dropout;
mod flex;
mod gradients;
pub mod images;
pub mod overwrite;
pub mod skip_sum;
#[cfg(feature = "webgpu")]
pub mod webgpu;

#[cfg(feature = "webgpu")]
use burn::backend::fusion::custom::TensorSpec;
use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Dispatch, backend_extension};
#[cfg(feature = "webgpu")]
use burn::tensor::Shape;
use burn::tensor::Tensor;

#[cfg(feature = "webgpu")]
pub use webgpu::copies_made;

/// How often what was to be overwritten was copied first: never where there is no GPU.
#[cfg(not(feature = "webgpu"))]
pub fn copies_made() -> usize {
    0
}

/// Backends that convolve maps in `[batch, height, width, channels]`, padded as Keras' `same`.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait MapConvolution: Backend {
    /// `input` `[batch, height, width, in]`, `kernel` `[edge, edge, in, out]` and `bias` `[out]` →
    /// `[batch, height / stride, width / stride, out]`, divisions rounded up.
    #[fusion(dtype = input, shape = output_shape(input, kernel, *stride))]
    fn convolve_maps(input: FloatTensor<Self>, kernel: FloatTensor<Self>, bias: FloatTensor<Self>, stride: usize) -> FloatTensor<Self>;
}

/// What autodiff asks of a backend to go back through [`MapConvolution::convolve_maps`]; `gradient` is the one at the
/// output.
#[backend_extension(Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait MapConvolutionGradients: MapConvolution {
    /// Gradient at the input, of which only the shape is needed: `[batch, height, width, in]`.
    #[fusion(dtype = gradient, shape = Shape::from(*input))]
    fn input_gradient(gradient: FloatTensor<Self>, kernel: FloatTensor<Self>, input: [usize; 4], stride: usize) -> FloatTensor<Self>;

    /// Gradients of a kernel of this `edge`, `[edge, edge, in, out]`, and of the bias, `[out]`.
    #[fusion(meta = kernel_and_bias)]
    fn kernel_gradients(
        gradient: FloatTensor<Self>,
        input: FloatTensor<Self>,
        edge: usize,
        stride: usize,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);
}

/// What fusion must know of a result before it is computed.
#[cfg(feature = "webgpu")]
fn output_shape(input: &Shape, kernel: &Shape, stride: usize) -> Shape {
    Shape::from([input[0], input[1].div_ceil(stride), input[2].div_ceil(stride), kernel[3]])
}

#[cfg(feature = "webgpu")]
fn kernel_and_bias(gradient: &TensorSpec, input: &TensorSpec, edge: &usize, _stride: &usize) -> (TensorSpec, TensorSpec) {
    let (channels_in, channels_out) = (input.shape[3], gradient.shape[3]);
    let of = |shape: Shape| TensorSpec::new(shape, gradient.dtype);
    (of(Shape::from([*edge, *edge, channels_in, channels_out])), of(Shape::from([channels_out])))
}

/// As [`MapConvolution::convolve_maps`], on every device, with or without autodiff.
pub fn convolve(input: Tensor<4>, kernel: Tensor<4>, bias: Tensor<1>, stride: usize) -> Tensor<4> {
    let output = Dispatch::convolve_maps(input.into_dispatch(), kernel.into_dispatch(), bias.into_dispatch(), stride);
    Tensor::from_dispatch(output)
}
