//! The same sums as text for a GPU, in WGSL.
//!
//! Tiles are unrolled in the text, so that they stay in registers without trusting a compiler to unroll. Which [`Tile`] is best
//! differs from GPU to GPU: with those for cards the threads of a workgroup share memory where they sum, with the one for
//! software adapters none does, since a barrier takes those ten times as long. The numbers are the same to the bit. Extents are read from a buffer, so that a network of any
//! depth needs a dozen pipelines.

mod amsgrad;
mod batch_norm;
mod convolution;
mod copy;
mod cross_entropy;
mod dropout;
mod images;
mod input_gradient;
mod kernel_gradient;
mod loops;
mod sum_of_shares;
mod text;
mod tile;
mod together;

pub use amsgrad::amsgrad;
pub use batch_norm::Rows;
pub use convolution::convolve;
pub use copy::copy;
pub use cross_entropy::cross_entropy;
pub use dropout::drop_units;
pub use images::gather_images;
pub use input_gradient::input_gradient;
pub use kernel_gradient::{kernel_gradient, shares_of};
pub use sum_of_shares::sum_shares;
pub use tile::Tile;

use crate::ConvolutionShape;
use amsgrad::AmsGradText;
use batch_norm::BatchNormText;
use sum_of_shares::Adding;
use tile::Weights;

/// A kernel and how it is launched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WgslKernel {
    /// Tells its text from that of all others.
    pub variant: Variant,
    /// Threads that have something to do.
    pub threads: usize,
    /// What its buffer `extents` holds.
    pub extents: Extents,
}

/// What decides the text of a kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Variant(Text);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Text {
    Convolution(ConvolutionText),
    BatchNorm(BatchNormText),
    AmsGrad(AmsGradText),
    Copy,
    CrossEntropy,
    Dropout,
    GatherImages,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct ConvolutionText {
    operation: Operation,
    /// Edge of the convolution's kernel, and its stride.
    edge: u32,
    stride: u32,
    lanes_in: Lanes,
    lanes_out: Lanes,
    /// Groups of channels that one round of the innermost loop reads; of a kernel's gradient, pixels.
    ahead: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Operation {
    Convolution(Tile),
    InputGradient(Tile),
    KernelGradient(Weights),
    SumOfShares(Adding),
}

/// Numbers that a kernel reads. Of a convolution: sizes of the input in rows, columns and groups of channels, the same of
/// the output, images, zeros above and left of the image, shares of the work. Of batch norm: rows, groups of channels,
/// shares of the rows, rows apart that one thread writes, and as bits epsilon and what a moving mean keeps and takes. Of
/// AMSGrad: threads of each weight, and as bits how much of it is added to its gradient. Of the others: threads, then what their numbers are multiplied by as bits, or the classes.
pub type Extents = [u32; 10];

/// How many channels are read at once: four where their number allows, otherwise one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Lanes {
    One,
    Four,
}

/// Threads of a workgroup: what every adapter can run, and a multiple of every GPU's step.
pub const WORKGROUP: u32 = 64;

impl Variant {
    /// The entry point of the text: what a profile calls the kernel.
    pub fn entry_point(self) -> &'static str {
        match self.0 {
            Text::Convolution(text) => match text.operation {
                Operation::Convolution(_) => "convolution",
                Operation::InputGradient(_) => "input_gradient",
                Operation::KernelGradient(_) => "kernel_gradient",
                Operation::SumOfShares(_) => "sum_of_shares",
            },
            Text::BatchNorm(text) => text.entry_point(),
            Text::AmsGrad(_) => "amsgrad",
            Text::Copy => "copy",
            Text::CrossEntropy => "cross_entropy",
            Text::Dropout => "drop_units",
            Text::GatherImages => "gather_images",
        }
    }

    /// Threads of one of its workgroups.
    pub fn workgroup(self) -> u32 {
        WORKGROUP
    }

    /// The text of the kernel.
    pub fn source(self) -> String {
        match self.0 {
            Text::Convolution(text) => match text.operation {
                Operation::Convolution(tile) => convolution::source(text, tile),
                Operation::InputGradient(tile) => input_gradient::source(text, tile),
                Operation::KernelGradient(weights) => kernel_gradient::source(text, weights),
                Operation::SumOfShares(adding) => sum_of_shares::source(text, adding),
            },
            Text::BatchNorm(text) => batch_norm::source(text),
            Text::AmsGrad(text) => amsgrad::source(text),
            Text::Copy => copy::source(),
            Text::CrossEntropy => cross_entropy::source(),
            Text::Dropout => dropout::source(),
            Text::GatherImages => images::source(),
        }
    }
}

impl ConvolutionText {
    fn new(operation: Operation, shape: &ConvolutionShape, ahead: u32) -> Self {
        let [edge, stride] = [shape.kernel, shape.stride].map(|size| size as u32);
        Self { operation, edge, stride, lanes_in: Lanes::of(shape.channels_in), lanes_out: Lanes::of(shape.channels_out), ahead }
    }
}

fn extents(shape: &ConvolutionShape, shares: usize) -> Extents {
    let [lanes_in, lanes_out] = [shape.channels_in, shape.channels_out].map(|channels| Lanes::of(channels).count());
    [
        shape.height,
        shape.width,
        shape.channels_in / lanes_in,
        shape.height_out(),
        shape.width_out(),
        shape.channels_out / lanes_out,
        shape.batch,
        shape.margins(shape.height).before,
        shape.margins(shape.width).before,
        shares,
    ]
    .map(|size| size as u32)
}

impl Lanes {
    fn of(channels: usize) -> Self {
        if channels.is_multiple_of(4) { Self::Four } else { Self::One }
    }

    fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Four => 4,
        }
    }

    /// The type that holds them.
    fn kind(self) -> &'static str {
        match self {
            Self::One => "f32",
            Self::Four => "vec4<f32>",
        }
    }

    /// One of them.
    fn lane(self, of: &str, lane: u32) -> String {
        match self {
            Self::One => of.into(),
            Self::Four => format!("{of}[{lane}]"),
        }
    }

    /// The sum of their products with others.
    fn dot(self, one: &str, other: &str) -> String {
        match self {
            Self::One => format!("{one} * {other}"),
            Self::Four => format!("dot({one}, {other})"),
        }
    }
}

#[cfg(test)]
mod tests;
