//! Numbers of the channels beside rows of channels, so that a loop over the rows fills registers.

use crate::buffers::written;
use crate::{BLOCK, shares};

/// Numbers of a row at least, however few channels there are.
const WIDTH: usize = 64;
/// Rows that are computed while they are in the nearest cache.
pub(crate) const PIECE: usize = 64;
/// Such pieces that a thread takes at once.
const PIECES: usize = 8;

/// `M` numbers of each channel, the channels one after the other as often as fill whole blocks.
pub(crate) struct Channels<const M: usize> {
    pub count: usize,
    pub blocks: Vec<[[f32; BLOCK]; M]>,
}

impl<const M: usize> Channels<M> {
    /// From `M` slices of one number for each of `count` channels.
    pub fn new(count: usize, numbers: [&[f32]; M]) -> Self {
        let count = count.max(1);
        let mut width = count;
        while !width.is_multiple_of(BLOCK) || width < WIDTH {
            width += count;
        }
        let block =
            |block| numbers.map(|numbers| std::array::from_fn(|lane| numbers.get((block * BLOCK + lane) % count).copied().unwrap_or(0.0)));
        Self { count, blocks: (0..width / BLOCK).map(block).collect() }
    }

    /// Numbers of a row.
    pub fn width(&self) -> usize {
        self.blocks.len() * BLOCK
    }

    /// Numbers that a thread takes at once; threads or not, sums are made of as many.
    pub fn share(&self) -> usize {
        self.width() * PIECE * PIECES
    }

    /// The numbers of the channel at this place of a row.
    pub fn at(&self, place: usize) -> [f32; M] {
        self.blocks[place / BLOCK].map(|numbers| numbers[place % BLOCK])
    }

    /// `term` of every number of `[rows, channels]` with the `others`' at the same place and its channel's.
    #[inline(always)]
    pub fn map(&self, numbers: &[f32], others: &[f32], term: impl Fn(f32, f32, [f32; M]) -> f32 + Send + Sync) -> Vec<f32> {
        assert_eq!(numbers.len(), others.len(), "a number of each at every place");
        let (width, share) = (self.width(), self.share());
        // SAFETY: rows and what is left behind the last whole one are all places.
        unsafe {
            written(numbers.len(), |output| {
                let shares = numbers.chunks(share).zip(others.chunks(share)).zip(output.chunks_mut(share));
                shares::for_each(shares, |((numbers, others), output)| {
                    for ((numbers, others), output) in numbers.chunks(width).zip(others.chunks(width)).zip(output.chunks_mut(width)) {
                        let (whole, rest) = numbers.as_chunks::<BLOCK>();
                        let places = whole.iter().zip(others.as_chunks::<BLOCK>().0).zip(output.as_chunks_mut::<BLOCK>().0);
                        for (((numbers, others), output), channels) in places.zip(&self.blocks) {
                            let terms: [f32; BLOCK] = std::array::from_fn(|lane| {
                                term(numbers[lane], others[lane], std::array::from_fn(|number| channels[number][lane]))
                            });
                            output.write_copy_of_slice(&terms);
                        }
                        for place in numbers.len() - rest.len()..numbers.len() {
                            output[place].write(term(numbers[place], others[place], self.at(place)));
                        }
                    }
                });
            })
        }
    }
}
