//! What can be pointed at in the drawing.

use std::ops::Range;

/// A part before the first stage or behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkEnd {
    /// The image.
    Image,
    /// First convolution, batch norm, activation, dropout.
    Stem,
    /// Batch norm, activation, average pooling.
    Pool,
    /// Dense layer with activation, batch norm, dropout.
    Dense,
    /// Dense layer that gives the class scores, for softmax.
    Scores,
}

/// Something in the drawing that can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Before the first stage or behind the last.
    End(NetworkEnd),
    /// A block or a bundle.
    Blocks {
        /// Stage, 0 for the first.
        stage: usize,
        /// Blocks, 0 for the first of the stage.
        blocks: Range<usize>,
    },
    /// The skip connection of a block or of each block of a bundle.
    Arc {
        /// Stage, 0 for the first.
        stage: usize,
        /// Blocks, 0 for the first of the stage.
        blocks: Range<usize>,
    },
    /// A single layer of an open block: its place in [`LayerGraph::nodes`].
    Layer(usize),
}
