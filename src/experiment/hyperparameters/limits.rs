//! Limits of the plain numbers of training.

use std::ops::RangeInclusive;

/// Batch norm needs two images to have a variance; more than 512 will not fit common devices.
pub const BATCH_SIZES: RangeInclusive<usize> = 2..=512;
/// Nothing to do below; above, too much to be meant.
pub const EPOCHS: RangeInclusive<usize> = 1..=1000;
/// Zero is left out: nothing would be learnt. Far beyond 1 nothing converges.
pub const LEARNING_RATE: RangeInclusive<f64> = f64::MIN_POSITIVE..=1.0;
/// Weight of the squared kernels.
pub const L2: RangeInclusive<f64> = 0.0..=1.0;
/// How fast steps shorten.
pub const RATE_DECAY: RangeInclusive<f64> = 0.0..=1.0;
