//! Sums over everything but the channels.

use crate::BLOCK;
use crate::channels::{Channels, PIECE};
use crate::shares;

impl<const M: usize> Channels<M> {
    /// `N` sums for each channel over the rows of `[rows, channels]`; `term` gets a number, the `others`' at the same
    /// place and the channel's numbers.
    ///
    /// A piece of the rows is added in single precision, pieces in double: many small numbers keep their weight.
    #[inline(always)]
    pub fn sums<const N: usize>(
        &self,
        numbers: &[f32],
        others: &[f32],
        term: impl Fn(f32, f32, [f32; M]) -> [f32; N] + Send + Sync,
    ) -> [Vec<f64>; N] {
        let share = self.share();
        let parts =
            shares::map(numbers.chunks(share).zip(others.chunks(share)), |(numbers, others)| self.share_of_sums(numbers, others, &term));
        let mut totals = std::array::from_fn(|_| vec![0.0; self.count]);
        for part in parts {
            add_all(&mut totals, &part);
        }
        totals
    }

    #[inline(always)]
    fn share_of_sums<const N: usize>(
        &self,
        numbers: &[f32],
        others: &[f32],
        term: impl Fn(f32, f32, [f32; M]) -> [f32; N],
    ) -> [Vec<f64>; N] {
        let width = self.width();
        let mut totals: [Vec<f64>; N] = std::array::from_fn(|_| vec![0.0; self.count]);
        let mut add = |place: usize, sums: [f32; N]| {
            totals.iter_mut().zip(sums).for_each(|(total, sum)| total[place % self.count] += f64::from(sum));
        };
        for (numbers, others) in numbers.chunks(width * PIECE).zip(others.chunks(width * PIECE)) {
            for (block, channels) in self.blocks.iter().enumerate() {
                let mut sums = [[0.0f32; BLOCK]; N];
                let rows = numbers.chunks_exact(width).zip(others.chunks_exact(width));
                for (numbers, others) in rows {
                    let (numbers, others) = (&numbers[block * BLOCK..][..BLOCK], &others[block * BLOCK..][..BLOCK]);
                    for lane in 0..BLOCK {
                        let terms = term(numbers[lane], others[lane], std::array::from_fn(|number| channels[number][lane]));
                        for (sums, term) in sums.iter_mut().zip(terms) {
                            sums[lane] += term;
                        }
                    }
                }
                for lane in 0..BLOCK {
                    add(block * BLOCK + lane, sums.map(|sums| sums[lane]));
                }
            }
            let whole = numbers.len() / width * width;
            for (place, (number, other)) in numbers[whole..].iter().zip(&others[whole..]).enumerate() {
                add(place, term(*number, *other, self.at(place)));
            }
        }
        totals
    }
}

fn add_all(totals: &mut [Vec<f64>], parts: &[Vec<f64>]) {
    for (total, part) in totals.iter_mut().zip(parts) {
        total.iter_mut().zip(part).for_each(|(total, part)| *total += part);
    }
}
