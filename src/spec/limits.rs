//! The limits of each choice.

use std::ops::RangeInclusive;

/// Smallest and largest number of start filters.
pub const START_FILTERS: RangeInclusive<usize> = 2..=128;

/// Fewest and most classes.
pub const CLASSES: RangeInclusive<usize> = 2..=1000;

/// Fewest and most stages.
pub const STAGES: RangeInclusive<usize> = 1..=5;

/// Fewest and most convolutions in a block.
pub const CONVOLUTIONS_PER_BLOCK: RangeInclusive<usize> = 2..=4;

/// Smallest and largest kernel in the middle of a block.
pub const KERNEL_SIZE: RangeInclusive<usize> = 1..=7;

/// Smallest and largest image.
pub const IMAGE_EDGE: RangeInclusive<usize> = 4..=256;

/// Fewest and most image channels.
pub const IMAGE_CHANNELS: RangeInclusive<usize> = 1..=16;

/// Smallest and largest factor between the widths of stages.
pub const WIDENING: RangeInclusive<usize> = 1..=8;

/// Most units in the head's dense layer.
pub const DENSE_UNITS: RangeInclusive<usize> = 0..=4096;

/// Largest share that dropout may zero.
pub const DROPOUT: RangeInclusive<f64> = 0.0..=0.9;

/// Most channels anywhere. Keeps every count of parameters within 64 bits and every shape within memory.
pub const WIDEST: usize = 4096;
