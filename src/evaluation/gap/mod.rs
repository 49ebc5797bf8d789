//! Why training accuracy and held-out accuracy differ: the same weights measured in passes, each of which takes one cause away.

mod metrics;
mod parts;
#[cfg(test)]
mod tests;
mod words;

pub use metrics::{GapLevel, GapMeasure, GapMetrics};
pub use parts::{Gap, GapBar, GapPart, GapUnit};
