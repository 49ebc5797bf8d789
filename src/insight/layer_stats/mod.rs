//! What a look inside the network shows, as curves along its depth and as a map of depth by step.

mod heat_map;
mod measure;

pub use heat_map::{HeatMap, ramp};
pub use measure::Measure;
