//! A packed kernel sliding over padded maps: the sums of a convolution and of its input gradient.

use crate::bands::{Band, bands};
use crate::buffers::Unwritten;
use crate::packing::{PackedKernel, Weights};
use crate::registers::Block;
use crate::{BLOCK, PIXELS};

/// Where a window reads and where its sums go, counted in numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slide {
    /// Rows and columns of places that the window takes.
    pub places: [usize; 2],
    /// First number of the first window of an image.
    pub read_from: usize,
    /// From a window to the one below and to the one on the right.
    pub read_step: [usize; 2],
    /// Rows of a window.
    pub window_rows: usize,
    /// Numbers of a window's row, a multiple of [`crate::LANES`].
    pub window_row_len: usize,
    /// From a row of a window to the next.
    pub window_step: usize,
    /// First number of an image's output.
    pub write_from: usize,
    /// From a place's output to the one below and to the one on the right.
    pub write_step: [usize; 2],
    /// Output channels.
    pub channels_out: usize,
}

/// What a block of output channels is summed from.
struct OutputBlock<'a> {
    weights: &'a [Weights],
    /// Where the sums begin: the bias.
    start: Weights,
    /// The first of the channels.
    channel: usize,
}

impl Slide {
    /// The same with all places in one row, where rows follow each other without a gap.
    fn in_one_row(self) -> Self {
        let [rows, columns] = self.places;
        let gapless = |[down, right]: [usize; 2]| down == columns * right;
        if self.window_rows == 1 && gapless(self.read_step) && gapless(self.write_step) {
            Self { places: [1, rows * columns], ..self }
        } else {
            self
        }
    }

    /// Sums every window of an image, starting from `bias` (`[channels out]`, or nothing), and writes the sum of each place.
    pub fn run(self, input: &[f32], kernel: &PackedKernel, bias: &[f32], output: &mut Unwritten) {
        let slide = self.in_one_row();
        for band in bands(slide.places, slide.read_step[1] + slide.channels_out) {
            for (block, weights) in kernel.blocks().enumerate() {
                let mut start = [0.0; BLOCK];
                let bias = bias.iter().skip(block * BLOCK).take(BLOCK);
                start.iter_mut().zip(bias).for_each(|(start, bias)| *start = *bias);
                slide.block(band, input, &OutputBlock { weights, start, channel: block * BLOCK }, output);
            }
        }
    }

    fn block(&self, band: Band, input: &[f32], block: &OutputBlock<'_>, output: &mut Unwritten) {
        let [rows, columns] = band.places;
        for row in band.row..band.row + rows {
            let input = &input[self.read_from + row * self.read_step[0] + band.column * self.read_step[1]..];
            let output = &mut output[self.write_from + row * self.write_step[0] + band.column * self.write_step[1] + block.channel..];
            let mut done = 0;
            // Wide registers are half as many a pixel, and sums enough to keep the processor busy.
            if cfg!(target_feature = "avx") {
                done = self.tiles::<{ 2 * PIXELS }>(done, columns, input, block, output);
            }
            done = self.tiles::<PIXELS>(done, columns, input, block, output);
            self.tiles::<1>(done, columns, input, block, output);
        }
    }

    /// Sums as many whole tiles as a row has behind the columns that are done, and tells how many are done then.
    #[inline(always)]
    fn tiles<const P: usize>(
        &self,
        mut done: usize,
        columns: usize,
        input: &[f32],
        block: &OutputBlock<'_>,
        output: &mut Unwritten,
    ) -> usize {
        while done + P <= columns {
            self.tile::<P>(&input[done * self.read_step[1]..], block, &mut output[done * self.write_step[1]..]);
            done += P;
        }
        done
    }

    #[inline(always)]
    fn tile<const P: usize>(&self, input: &[f32], block: &OutputBlock<'_>, output: &mut Unwritten) {
        let OutputBlock { weights, start, channel } = *block;
        let mut sums = [Block::load(&start); P];
        for (row, weights) in weights.chunks_exact(self.window_row_len).enumerate() {
            let windows = std::array::from_fn(|pixel| &input[row * self.window_step + pixel * self.read_step[1]..][..self.window_row_len]);
            add_products(&mut sums, windows, weights);
        }
        for (pixel, sums) in sums.iter().enumerate() {
            let output = &mut output[pixel * self.write_step[1]..];
            let numbers = sums.numbers();
            if channel + BLOCK <= self.channels_out {
                output[..BLOCK].write_copy_of_slice(&numbers);
            } else {
                let used = self.channels_out - channel;
                output[..used].write_copy_of_slice(&numbers[..used]);
            }
        }
    }
}

/// Adds to each pixel's sums the products of its window with the weights.
#[inline(always)]
fn add_products<const P: usize>(sums: &mut [Block; P], windows: [&[f32]; P], weights: &[Weights]) {
    let windows = windows.map(|window| &window[..weights.len()]);
    for (place, weights) in weights.iter().enumerate() {
        let weights = Block::load(weights);
        for (sums, window) in sums.iter_mut().zip(&windows) {
            *sums = sums.add_product(Block::splat(window[place]), weights);
        }
    }
}
