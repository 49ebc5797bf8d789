//! Kernels laid out in the order in which the inner loop reads them.

use crate::BLOCK;

/// One register block of output channels for each input number of a window.
pub(crate) type Weights = [f32; BLOCK];

/// A kernel as blocks of output channels: `[block, row, column · channel in, channel of the block]`, zeros where a
/// block or the input channels are filled up.
pub(crate) struct PackedKernel {
    weights: Vec<Weights>,
    /// Input numbers of a whole window.
    window_len: usize,
}

impl PackedKernel {
    /// `window` is `[rows, columns, channels in]` with `channels` of them in use; `weight` gives the weight at
    /// `[row, column, channel in, channel out]`.
    pub fn new([rows, columns, group]: [usize; 3], [channels_in, channels_out]: [usize; 2], weight: impl Fn([usize; 4]) -> f32) -> Self {
        let window_len = rows * columns * group;
        let mut weights = vec![[0.0; BLOCK]; channels_out.div_ceil(BLOCK) * window_len];
        for (block, weights) in weights.chunks_exact_mut(window_len.max(1)).enumerate() {
            let first = block * BLOCK;
            let used = BLOCK.min(channels_out - first);
            for row in 0..rows {
                for column in 0..columns {
                    let place = (row * columns + column) * group;
                    for (channel, weights) in weights[place..][..channels_in].iter_mut().enumerate() {
                        for (lane, packed) in weights[..used].iter_mut().enumerate() {
                            *packed = weight([row, column, channel, first + lane]);
                        }
                    }
                }
            }
        }
        Self { weights, window_len }
    }

    /// Weights of each block of output channels.
    pub fn blocks(&self) -> impl Iterator<Item = &[Weights]> {
        self.weights.chunks_exact(self.window_len.max(1))
    }
}
