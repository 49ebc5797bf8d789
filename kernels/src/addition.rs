//! One map added to another.

use crate::shares;

/// Numbers that a thread takes at once: a map of a few channels is not worth waking another for.
const SHARE: usize = 1 << 15;

/// Adds to every number of `sum` the one of `other` at its place.
///
/// # Panics
/// When one has more numbers.
pub fn add(sum: &mut [f32], other: &[f32]) {
    assert_eq!(sum.len(), other.len(), "a number of each at every place");
    shares::for_each(sum.chunks_mut(SHARE).zip(other.chunks(SHARE)), |(sum, other)| {
        sum.iter_mut().zip(other).for_each(|(sum, other)| *sum += other);
    });
}
