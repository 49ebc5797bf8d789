//! How the loss moves with the kernel and the bias of a convolution.

use crate::bands::bands;
use crate::channels::Channels;
use crate::padding::PaddedMaps;
use crate::registers::Block;
use crate::shape::Margins;
use crate::shares::{self, SUM_SHARES};
use crate::{BLOCK, ConvolutionShape, LANES};

/// Gradient of the kernel, `[edge, edge, in, out]`, from the `input` `[batch, height, width, in]` and the `gradient`
/// at the output, `[batch, height / stride, width / stride, out]`.
///
/// # Panics
/// When a slice has another length than the shape says.
pub fn kernel_gradient(shape: &ConvolutionShape, input: &[f32], gradient: &[f32]) -> Vec<f32> {
    let ConvolutionShape { height, width, channels_in, channels_out, kernel: edge, stride, .. } = *shape;
    assert_eq!([input.len(), gradient.len()], [shape.input_len(), shape.output_len()], "sizes of {shape:?}");
    let input = PaddedMaps::new(input, [height, width, channels_in], [shape.margins(height), shape.margins(width)], LANES);
    let none = Margins { before: 0, after: 0 };
    let (rows, columns) = (shape.height_out(), shape.width_out());
    let gradient = PaddedMaps::new(gradient, [rows, columns, channels_out], [none, none], BLOCK);
    let flat = edge == 1 && stride == 1;
    let [rows, columns] = if flat { [1, rows * columns] } else { [rows, columns] };
    let products =
        Products { input_row: stride * input.row_len(), input_pixel: stride * input.channels, gradient_pixel: gradient.channels };
    // Channels in whole groups on both sides: what is too much is dropped at the end.
    let row_len = edge * input.channels;
    let images: Vec<(&[f32], &[f32])> = input.images().zip(gradient.images()).collect();
    let parts = shares::map(images.chunks(images.len().div_ceil(SUM_SHARES).max(1)), |images| {
        let mut sums = vec![0.0; edge * row_len * gradient.channels];
        for (input_image, gradient_image) in images {
            for band in bands([rows, columns], products.input_pixel + products.gradient_pixel) {
                let input_band = &input_image[band.row * products.input_row + band.column * products.input_pixel..];
                let gradient_band = &gradient_image[(band.row * columns + band.column) * gradient.channels..];
                for (row, sums) in sums.chunks_exact_mut(row_len * gradient.channels).enumerate() {
                    products.add(band.places, &input_band[row * input.row_len()..], gradient_band, sums);
                }
            }
        }
        sums
    });
    let mut parts = parts.into_iter();
    let mut sums = parts.next().unwrap_or_else(|| vec![0.0; edge * row_len * gradient.channels]);
    parts.for_each(|part| sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += part));
    if (input.channels, gradient.channels) == (channels_in, channels_out) {
        return sums;
    }
    let taps = sums.chunks_exact(input.channels * gradient.channels);
    let used = taps.flat_map(|tap| tap.chunks_exact(gradient.channels).take(channels_in));
    used.flat_map(|channel| &channel[..channels_out]).copied().collect()
}

/// Products of input and gradient over places of an image.
struct Products {
    input_row: usize,
    input_pixel: usize,
    gradient_pixel: usize,
}

impl Products {
    /// Adds to `sums`, `[columns of the kernel, channels in, channels out]`, what a band of an image gives to a row of the
    /// kernel.
    fn add(&self, places: [usize; 2], input: &[f32], gradient: &[f32], sums: &mut [f32]) {
        for channel in (0..self.gradient_pixel).step_by(BLOCK) {
            for (group, sums) in sums.chunks_exact_mut(LANES * self.gradient_pixel).enumerate() {
                let tile = self.tile(places, &input[group * LANES..], &gradient[channel..]);
                for (tile, sums) in tile.iter().zip(sums.chunks_exact_mut(self.gradient_pixel)) {
                    sums[channel..][..BLOCK].iter_mut().zip(tile).for_each(|(sum, tile)| *sum += tile);
                }
            }
        }
    }

    /// Sums over all places of the products of [`LANES`] input numbers with a block of gradients.
    #[inline(always)]
    fn tile(&self, [rows, columns]: [usize; 2], input: &[f32], gradient: &[f32]) -> [[f32; BLOCK]; LANES] {
        let mut sums = [Block::splat(0.0); LANES];
        for row in 0..rows {
            let input = &input[row * self.input_row..];
            let gradient = &gradient[row * columns * self.gradient_pixel..];
            let inner = columns - 1;
            let inputs = input.chunks_exact(self.input_pixel).map(|pixel| &pixel[..LANES]);
            let gradients = gradient.chunks_exact(self.gradient_pixel).map(|pixel| &pixel[..BLOCK]);
            inputs.zip(gradients).take(inner).for_each(|(numbers, gradients)| add_products(&mut sums, numbers, gradients));
            // The last pixel of the last row may have no whole pixel behind its group of channels.
            add_products(&mut sums, &input[inner * self.input_pixel..], &gradient[inner * self.gradient_pixel..]);
        }
        sums.map(Block::numbers)
    }
}

#[inline(always)]
fn add_products(sums: &mut [Block; LANES], numbers: &[f32], gradients: &[f32]) {
    let (Some(numbers), Some(gradients)) = (numbers.first_chunk::<LANES>(), gradients.first_chunk::<BLOCK>()) else { return };
    let gradients = Block::load(gradients);
    for (sums, number) in sums.iter_mut().zip(numbers) {
        *sums = sums.add_product(Block::splat(*number), gradients);
    }
}

/// Gradient of the bias, `[out]`: the sum of the `gradient` `[…, out]` over everything but the channels.
pub fn bias_gradient(gradient: &[f32], channels_out: usize) -> Vec<f32> {
    let [sums] = Channels::new(channels_out, []).sums(gradient, gradient, |gradient, _, []| [gradient]);
    sums.into_iter().map(|sum| sum as f32).collect()
}
