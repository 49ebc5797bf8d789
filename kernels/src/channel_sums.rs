//! Sums over everything but the channels.

/// Numbers that are added up side by side, so that few channels fill registers too.
const WIDTH: usize = 64;
/// Pieces added in single precision before the sum moves to double: many small numbers keep their weight.
const PIECES: usize = 64;

/// Sums of `term` over the rows of `[rows, channels]`; `term` gets a number, the second map's number at the same
/// place, and the channel's number of `offset`.
#[inline(always)]
pub(crate) fn channel_sums(numbers: &[f32], others: &[f32], offset: &[f32], term: impl Fn(f32, f32, f32) -> f32) -> Vec<f64> {
    let channels = offset.len().max(1);
    let offsets = repeated(offset);
    let width = offsets.len();
    let mut totals = vec![0.0; offset.len()];
    let mut sums = vec![0.0f32; width];
    for (numbers, others) in numbers.chunks(width * PIECES).zip(others.chunks(width * PIECES)) {
        sums.fill(0.0);
        for (numbers, others) in numbers.chunks(width).zip(others.chunks(width)) {
            for (((sum, number), other), offset) in sums.iter_mut().zip(numbers).zip(others).zip(&offsets) {
                *sum += term(*number, *other, *offset);
            }
        }
        for part in sums.chunks_exact(channels) {
            totals.iter_mut().zip(part).for_each(|(total, sum)| *total += f64::from(*sum));
        }
    }
    totals
}

/// The numbers of the channels one after the other, as often as fill [`WIDTH`], at least once.
pub(crate) fn repeated(channels: &[f32]) -> Vec<f32> {
    channels.repeat((WIDTH / channels.len().max(1)).max(1))
}
