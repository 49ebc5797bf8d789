//! Maps with zeros around them and channels in whole groups, so that no inner loop meets an edge.

use std::borrow::Cow;

use crate::buffers::{Unwritten, written, zero};
use crate::shape::Margins;
use crate::shares;

/// A batch of maps, `[batch, height, width, channels]`, with their margins.
pub(crate) struct PaddedMaps<'a> {
    pub numbers: Cow<'a, [f32]>,
    pub height: usize,
    pub width: usize,
    pub channels: usize,
    /// Columns without margins.
    inner_width: usize,
}

impl<'a> PaddedMaps<'a> {
    /// Pads `maps` of `[batch, height, width, channels]`; channels are filled up with zeros to a multiple of `group`.
    /// What needs no zeros is not copied.
    pub fn new(maps: &'a [f32], [height, width, channels]: [usize; 3], [rows, columns]: [Margins; 2], group: usize) -> Self {
        let padded = Self {
            numbers: Cow::Borrowed(maps),
            height: rows.before + height + rows.after,
            width: columns.before + width + columns.after,
            channels: channels.next_multiple_of(group),
            inner_width: width,
        };
        if padded.height == height && padded.width == width && padded.channels == channels || height * width * channels == 0 {
            return padded;
        }
        let image_in = height * width * channels;
        // SAFETY: `pad` writes an image whole, and there are as many on both sides.
        let numbers = unsafe {
            written(maps.len() / image_in * padded.image_len(), |numbers| {
                let images = maps.chunks_exact(image_in).zip(numbers.chunks_exact_mut(padded.image_len()));
                shares::for_each(images, |(from, to)| padded.pad(from, to, channels, [rows.before, columns.before]));
            })
        };
        Self { numbers: Cow::Owned(numbers), ..padded }
    }

    /// Writes an image with zeros around it; `above` and `left` of them come before it.
    fn pad(&self, image: &[f32], padded: &mut Unwritten, channels: usize, [above, left]: [usize; 2]) {
        let row_in = self.inner_width * channels;
        let (top, rest) = padded.split_at_mut(above * self.row_len());
        zero(top);
        let (rows, bottom) = rest.split_at_mut(image.len() / row_in * self.row_len());
        zero(bottom);
        for (from, to) in image.chunks_exact(row_in).zip(rows.chunks_exact_mut(self.row_len())) {
            let (before, rest) = to.split_at_mut(left * self.channels);
            zero(before);
            let (pixels, after) = rest.split_at_mut(self.inner_width * self.channels);
            zero(after);
            if self.channels == channels {
                pixels.write_copy_of_slice(from);
                continue;
            }
            for (from, to) in from.chunks_exact(channels).zip(pixels.chunks_exact_mut(self.channels)) {
                let (used, filled_up) = to.split_at_mut(channels);
                used.write_copy_of_slice(from);
                zero(filled_up);
            }
        }
    }

    /// Images one after the other.
    pub fn images(&self) -> impl Iterator<Item = &[f32]> {
        self.numbers.chunks_exact(self.image_len())
    }

    pub fn row_len(&self) -> usize {
        self.width * self.channels
    }

    pub fn image_len(&self) -> usize {
        self.height * self.row_len()
    }
}
