//! A residual block: two to four convolutions, and the way around them.

use super::{BlockOrder, BlockPlace};

/// How a block's input reaches its sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Unchanged: `x + F(x)`.
    Identity,
    /// Through a 1×1 convolution, because the shape changes: `W x + F(x)`.
    Projection,
    /// Not at all: the block of a plain network, `F(x)`.
    Absent,
}

/// One convolution of a block's residual branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConvolutionSpec {
    /// Edge of the kernel.
    pub kernel: usize,
    /// 2 where the map is halved, else 1.
    pub stride: usize,
    /// Channels in.
    pub channels_in: usize,
    /// Channels out.
    pub channels_out: usize,
}

/// One residual block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockSpec {
    /// Stage it belongs to, 0 for the first.
    pub stage: usize,
    /// Place in its stage, 0 for the first.
    pub index: usize,
    /// Channels in.
    pub channels_in: usize,
    /// Filters of all its convolutions but the last.
    pub bottleneck_filters: usize,
    /// Channels out.
    pub channels_out: usize,
    /// Edge of the maps that come in.
    pub edge_in: usize,
    /// Edge of the maps that go out.
    pub edge_out: usize,
    /// Convolutions in its residual branch: two, three or four.
    pub convolutions: usize,
    /// Edge of the kernels in the middle.
    pub kernel_size: usize,
    /// Order of batch norm, activation and convolution.
    pub order: BlockOrder,
    /// Whether batch norm and activation come before the first convolution. Not in the very first block,
    /// where the stem has just done both, nor in convolution-first order.
    pub first_preactivation: bool,
    /// Whether the projection reads the activated input instead of the raw one.
    pub shared_preactivation: bool,
    /// The way around the convolutions.
    pub shortcut: Shortcut,
}

impl BlockSpec {
    /// Stride of the first convolution and of the projection: 2 where the block halves the map.
    pub fn stride(&self) -> usize {
        self.edge_in / self.edge_out
    }

    /// The convolutions of the residual branch, first to last: k×k twice, or 1×1 around one or two k×k.
    pub fn residual_branch(&self) -> impl Iterator<Item = ConvolutionSpec> + use<> {
        let Self { convolutions, kernel_size, channels_in, bottleneck_filters: inner, channels_out, .. } = *self;
        let stride = self.stride();
        (0..convolutions).map(move |place| {
            let (first, last) = (place == 0, place + 1 == convolutions);
            ConvolutionSpec {
                kernel: if convolutions > 2 && (first || last) { 1 } else { kernel_size },
                stride: if first { stride } else { 1 },
                channels_in: if first { channels_in } else { inner },
                channels_out: if last { channels_out } else { inner },
            }
        })
    }

    /// Where it is.
    pub fn place(&self) -> BlockPlace {
        BlockPlace { stage: self.stage, block: self.index }
    }

    /// Name that its weights start with, for example `stages.0.blocks.2`.
    pub fn name(&self) -> String {
        format!("stages.{}.blocks.{}", self.stage, self.index)
    }
}
