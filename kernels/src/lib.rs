//! The sums of a residual network over plain slices: no tensors, no devices, no allocation in the loops; and as text for a
//! GPU in [`wgsl`].
//!
//! Maps are `[batch, height, width, channels]`, kernels `[height, width, in, out]`, both row by row without gaps.
//! Results are the same on every run, to the last bit.

mod addition;
pub mod amsgrad;
mod bands;
mod buffers;
mod channel_sums;
mod channels;
mod convolution;
mod cross_entropy;
pub mod dropout;
pub mod images;
mod input_gradient;
mod kernel_gradient;
mod moving_statistics;
mod normalisation;
mod packing;
mod padding;
mod registers;
mod shape;
mod shares;
mod sliding;
pub mod wgsl;

pub use addition::add;
pub use amsgrad::{AmsGradStep, amsgrad};
pub use convolution::convolve;
pub use cross_entropy::CrossEntropy;
pub use dropout::drop_units;
pub use images::gather_images;
pub use input_gradient::input_gradient;
pub use kernel_gradient::{bias_gradient, kernel_gradient};
pub use moving_statistics::follow;
pub use normalisation::{Affine, ChannelStatistics, NormalisationGradients, normalise};
pub use shape::ConvolutionShape;

/// Numbers a register holds at the least common width; the inner channels of all maps come in whole registers.
const LANES: usize = 4;
/// Output channels that are summed at once.
const BLOCK: usize = 8;
/// Pixels whose sums are kept in registers at once; with [`BLOCK`] channels each, half of sixteen registers.
const PIXELS: usize = 4;
