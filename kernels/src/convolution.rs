//! The convolution itself.

use crate::packing::PackedKernel;
use crate::padding::PaddedMaps;
use crate::sliding::Slide;
use crate::{ConvolutionShape, LANES};

/// Convolves `input` `[batch, height, width, in]` with `kernel` `[edge, edge, in, out]` and adds `bias` `[out]`;
/// gives `[batch, height / stride, width / stride, out]`.
///
/// # Panics
/// When a slice has another length than the shape says.
pub fn convolve(shape: &ConvolutionShape, input: &[f32], kernel: &[f32], bias: &[f32]) -> Vec<f32> {
    let ConvolutionShape { height, width, channels_in, channels_out, kernel: edge, stride, .. } = *shape;
    assert_eq!([input.len(), kernel.len(), bias.len()], [shape.input_len(), shape.kernel_len(), channels_out], "sizes of {shape:?}");
    let mut output = vec![0.0; shape.output_len()];
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
    slide.run((&padded.numbers, padded.image_len()), &packed, bias, (&mut output, rows * columns * channels_out));
    output
}
