//! The convolution itself.

use crate::buffers::written;
use crate::packing::PackedKernel;
use crate::padding::PaddedMaps;
use crate::sliding::Slide;
use crate::{ConvolutionShape, LANES, shares};

/// Convolves `input` `[batch, height, width, in]` with `kernel` `[edge, edge, in, out]` and adds `bias` `[out]`;
/// gives `[batch, height / stride, width / stride, out]`.
///
/// # Panics
/// When a slice has another length than the shape says.
pub fn convolve(shape: &ConvolutionShape, input: &[f32], kernel: &[f32], bias: &[f32]) -> Vec<f32> {
    let ConvolutionShape { height, width, channels_in, channels_out, kernel: edge, stride, .. } = *shape;
    assert_eq!([input.len(), kernel.len(), bias.len()], [shape.input_len(), shape.kernel_len(), channels_out], "sizes of {shape:?}");
    let padded = PaddedMaps::new(input, [height, width, channels_in], [shape.margins(height), shape.margins(width)], LANES);
    let packed = PackedKernel::new([edge, edge, padded.channels], [channels_in, channels_out], |[row, column, from, to]| {
        kernel[((row * edge + column) * channels_in + from) * channels_out + to]
    });
    let (rows, columns) = (shape.height_out(), shape.width_out());
    let slide = Slide {
        places: [rows, columns],
        read_from: 0,
        read_step: [stride * padded.row_len(), stride * padded.channels],
        window_rows: edge,
        window_row_len: edge * padded.channels,
        window_step: padded.row_len(),
        write_from: 0,
        write_step: [columns * channels_out, channels_out],
        channels_out,
    };
    let image_out = (rows * columns * channels_out).max(1);
    // SAFETY: the slide's places and channels are those of the whole output.
    unsafe {
        written(shape.output_len(), |output| {
            let images = padded.images().zip(output.chunks_exact_mut(image_out));
            shares::for_each(images, |(input, output)| slide.run(input, &packed, bias, output));
        })
    }
}
