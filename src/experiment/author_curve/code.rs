//! Losses and accuracies as whole numbers.

/// A loss comes back within this share of itself: half of a 128th of an octave.
pub const LOSS_ERROR: f64 = 0.0028;
/// An accuracy comes back within this, half of a tenth of a percent.
pub const ACCURACY_ERROR: f64 = 0.0005;
/// Smaller losses come back as 0.
pub const LEAST_LOSS: f64 = 1.0 / 65_536.0;
/// Larger losses come back as this.
pub const MOST_LOSS: f64 = 65_536.0;

/// Codes of an octave.
const PER_OCTAVE: f64 = 128.0;
/// Octaves below 1 and above it.
const OCTAVES: f64 = 16.0;
/// Parts of an accuracy of 1.
const PARTS: f64 = 1000.0;
/// The largest code of a loss, and of an accuracy.
pub(super) const MOST_CODES: [u16; 2] = [4097, 1000];

/// Equal distances are equal ratios, since the axis may be logarithmic; 0 is for losses that are none.
pub(super) fn loss_code(loss: f64) -> u16 {
    if loss < LEAST_LOSS { 0 } else { ((loss.min(MOST_LOSS).log2() + OCTAVES) * PER_OCTAVE).round() as u16 + 1 }
}

pub(super) fn loss_of(code: u16) -> f64 {
    code.checked_sub(1).map_or(0.0, |code| (f64::from(code) / PER_OCTAVE - OCTAVES).exp2())
}

pub(super) fn accuracy_code(accuracy: f64) -> u16 {
    (accuracy.clamp(0.0, 1.0) * PARTS).round() as u16
}

pub(super) fn accuracy_of(code: u16) -> f64 {
    f64::from(code) / PARTS
}
