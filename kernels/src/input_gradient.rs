//! How the loss moves with the input of a convolution.

use crate::buffers::{Unwritten, written, zero};
use crate::packing::PackedKernel;
use crate::padding::PaddedMaps;
use crate::shape::Margins;
use crate::sliding::Slide;
use crate::{ConvolutionShape, LANES, shares};

/// Gradient at the input, `[batch, height, width, in]`, from `gradient` at the output,
/// `[batch, height / stride, width / stride, out]`, and the `kernel` `[edge, edge, in, out]`.
///
/// With stride `s` the input's pixels fall into `s²` phases, and each is a convolution of the gradient with those of
/// the kernel's weights that ever meet it, in reverse order: no zeros are multiplied.
///
/// # Panics
/// When a slice has another length than the shape says.
pub fn input_gradient(shape: &ConvolutionShape, gradient: &[f32], kernel: &[f32]) -> Vec<f32> {
    let ConvolutionShape { height, width, channels_in, channels_out, kernel: edge, stride, .. } = *shape;
    assert_eq!([gradient.len(), kernel.len()], [shape.output_len(), shape.kernel_len()], "sizes of {shape:?}");
    let (down, right) = (Phase::all(shape, height), Phase::all(shape, width));
    let (rows, columns) = (shape.height_out(), shape.width_out());
    let margins = [Phase::margins(&down, rows), Phase::margins(&right, columns)];
    let padded = PaddedMaps::new(gradient, [rows, columns, channels_out], margins, LANES);
    let mut phases = Vec::new();
    for vertical in &down {
        for horizontal in &right {
            let packed = PackedKernel::new(
                [vertical.taps, horizontal.taps, padded.channels],
                [channels_out, channels_in],
                |[row, column, from, to]| {
                    let (row, column) = (vertical.weight(row, stride), horizontal.weight(column, stride));
                    kernel[((row * edge + column) * channels_in + to) * channels_out + from]
                },
            );
            let first = |phase: &Phase, margins: Margins| (margins.before + phase.last_tap + 1) - phase.taps;
            let slide = Slide {
                places: [vertical.places, horizontal.places],
                read_from: first(vertical, margins[0]) * padded.row_len() + first(horizontal, margins[1]) * padded.channels,
                read_step: [padded.row_len(), padded.channels],
                window_rows: vertical.taps,
                window_row_len: horizontal.taps * padded.channels,
                window_step: padded.row_len(),
                write_from: (vertical.offset * width + horizontal.offset) * channels_in,
                write_step: [stride * width * channels_in, stride * channels_in],
                channels_out: channels_in,
            };
            phases.push((slide, packed));
        }
    }
    let pixels = |phases: &[Phase]| phases.iter().map(|phase| phase.places).sum::<usize>();
    let every_pixel_has_a_phase = pixels(&down) * pixels(&right) == height * width;
    let run = |(gradient, output): (&[f32], &mut Unwritten)| {
        if !every_pixel_has_a_phase {
            zero(output);
        }
        phases.iter().for_each(|(slide, packed)| slide.run(gradient, packed, &[], output));
    };
    let image_len = (height * width * channels_in).max(1);
    // SAFETY: the phases' places are all pixels, or zeros were written before.
    unsafe { written(shape.input_len(), |output| shares::for_each(padded.images().zip(output.chunks_exact_mut(image_len)), run)) }
}

/// Every `stride`-th pixel along an edge of the input, from `offset` on.
#[derive(Debug, Clone, Copy)]
struct Phase {
    offset: usize,
    /// Pixels of the phase.
    places: usize,
    /// Weights along the edge that meet them.
    taps: usize,
    /// The first weight that meets them.
    first_weight: usize,
    /// The output that meets the first pixel with the first weight, counted from the first output.
    last_tap: usize,
}

impl Phase {
    /// Phases with at least one pixel and one weight; pixels of the others have no gradient.
    fn all(shape: &ConvolutionShape, length: usize) -> Vec<Self> {
        let before = shape.margins(length).before;
        let phase = |offset: usize| {
            let first_weight = (offset + before) % shape.stride;
            Self {
                offset,
                places: length.saturating_sub(offset).div_ceil(shape.stride),
                taps: shape.kernel.saturating_sub(first_weight).div_ceil(shape.stride),
                first_weight,
                last_tap: (offset + before) / shape.stride,
            }
        };
        (0..shape.stride).map(phase).filter(|phase| phase.places > 0 && phase.taps > 0).collect()
    }

    /// The weight at a place of the window: windows run forward, so weights run backward.
    fn weight(&self, place: usize, stride: usize) -> usize {
        self.first_weight + (self.taps - 1 - place) * stride
    }

    /// Zeros around an edge of `outputs` so that every window of every phase has all its numbers.
    fn margins(phases: &[Self], outputs: usize) -> Margins {
        let before = phases.iter().map(|phase| (phase.taps - 1).saturating_sub(phase.last_tap)).max().unwrap_or(0);
        let after = phases.iter().map(|phase| (phase.places + phase.last_tap).saturating_sub(outputs)).max().unwrap_or(0);
        Margins { before, after }
    }
}
