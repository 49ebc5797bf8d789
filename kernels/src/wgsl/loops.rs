//! How often the loops of a text run: what a compiler's estimate does not know, since the extents come from a buffer.

use super::text::rounds_ahead;
use super::{Operation, Text, WgslKernel};
use super::{batch_norm, sum_of_shares};

impl WgslKernel {
    /// Rounds of each loop of the text, in the order of the text, for one thread and each time the loop begins; a mean where
    /// threads differ.
    pub fn loops(&self) -> Vec<f64> {
        let [_, _, in_groups, height, width, out_groups, batch, _, _, shares] = self.extents.map(f64::from);
        let text = match self.variant.0 {
            Text::Convolution(text) => text,
            Text::BatchNorm(text) => return batch_norm::loops(text, self.extents),
            Text::CrossEntropy => return vec![f64::from(self.extents[1]) - 1.0, f64::from(self.extents[1]), f64::from(self.extents[1])],
            Text::AmsGrad(_) | Text::Copy | Text::Dropout | Text::GatherImages => return Vec::new(),
        };
        let edge = f64::from(text.edge);
        let stride = f64::from(text.stride);
        let ahead = f64::from(text.ahead);
        match text.operation {
            Operation::Convolution(_) => vec![edge, edge, in_groups / ahead],
            // With a stride a pixel sees a part of the kernel: `continue` skips the other rows and columns.
            Operation::InputGradient(_) => vec![(edge / stride).max(1.0), (edge / stride).max(1.0), out_groups / ahead],
            Operation::KernelGradient(_) => [vec![batch * height / shares], rounds_ahead(width, text.ahead)].concat(),
            Operation::SumOfShares(adding) => sum_of_shares::loops(text, adding, shares),
        }
    }
}
