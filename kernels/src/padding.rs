//! Maps with zeros around them and channels in whole groups, so that no inner loop meets an edge.

use std::borrow::Cow;

use crate::shape::Margins;

/// A batch of maps, `[batch, height, width, channels]`, with their margins.
pub(crate) struct PaddedMaps<'a> {
    pub numbers: Cow<'a, [f32]>,
    pub height: usize,
    pub width: usize,
    pub channels: usize,
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
        };
        if padded.height == height && padded.width == width && padded.channels == channels || height * width * channels == 0 {
            return padded;
        }
        let (row_in, row_out) = (width * channels, padded.row_len());
        let images = maps.len() / (height * row_in);
        let mut numbers = vec![0.0; images * padded.image_len()];
        for (image_in, image_out) in maps.chunks_exact(height * row_in).zip(numbers.chunks_exact_mut(padded.image_len())) {
            let rows_out = image_out.chunks_exact_mut(row_out).skip(rows.before);
            for (from, to) in image_in.chunks_exact(row_in).zip(rows_out) {
                let to = &mut to[columns.before * padded.channels..];
                if padded.channels == channels {
                    to[..row_in].copy_from_slice(from);
                } else {
                    for (from, to) in from.chunks_exact(channels).zip(to.chunks_exact_mut(padded.channels)) {
                        to[..channels].copy_from_slice(from);
                    }
                }
            }
        }
        Self { numbers: Cow::Owned(numbers), ..padded }
    }

    pub fn row_len(&self) -> usize {
        self.width * self.channels
    }

    pub fn image_len(&self) -> usize {
        self.height * self.row_len()
    }
}
