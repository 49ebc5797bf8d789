//! Sizes of one convolution.

/// A square kernel sliding over a batch of maps, padded as Keras' `same`: the output's edge is the input's divided by
/// the stride, rounded up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConvolutionShape {
    /// Images.
    pub batch: usize,
    /// Rows of an input map.
    pub height: usize,
    /// Columns of an input map.
    pub width: usize,
    /// Input channels.
    pub channels_in: usize,
    /// Output channels.
    pub channels_out: usize,
    /// Edge of the kernel.
    pub kernel: usize,
    /// Pixels between two neighbouring places of the kernel.
    pub stride: usize,
}

impl ConvolutionShape {
    /// Rows of an output map.
    pub fn height_out(&self) -> usize {
        self.height.div_ceil(self.stride)
    }

    /// Columns of an output map.
    pub fn width_out(&self) -> usize {
        self.width.div_ceil(self.stride)
    }

    /// Numbers of the input.
    pub fn input_len(&self) -> usize {
        self.batch * self.height * self.width * self.channels_in
    }

    /// Numbers of the kernel.
    pub fn kernel_len(&self) -> usize {
        self.kernel * self.kernel * self.channels_in * self.channels_out
    }

    /// Numbers of the output.
    pub fn output_len(&self) -> usize {
        self.batch * self.height_out() * self.width_out() * self.channels_out
    }

    /// Zeros before and after an edge of this length: the smaller half of what is missing comes before.
    pub(crate) fn margins(&self, edge: usize) -> Margins {
        let covered = (edge.div_ceil(self.stride).saturating_sub(1)) * self.stride + self.kernel;
        let missing = covered.saturating_sub(edge);
        Margins { before: missing / 2, after: missing - missing / 2 }
    }
}

/// Zeros around an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Margins {
    pub before: usize,
    pub after: usize,
}
