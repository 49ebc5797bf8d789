//! Dropout by a mask of one bit a unit.

/// Bits of a word of a mask.
pub const MASK_BITS: usize = 32;

/// `numbers` times `factor` where the bit of their place in `words`, lowest first, is set, and 0 elsewhere.
pub fn drop_units(numbers: &[f32], words: &[i32], factor: f32) -> Vec<f32> {
    let mut kept = Vec::with_capacity(numbers.len());
    for (numbers, word) in numbers.chunks(MASK_BITS).zip(words) {
        kept.extend(numbers.iter().enumerate().map(|(bit, number)| if word >> bit & 1 == 1 { number * factor } else { 0.0 }));
    }
    kept
}
