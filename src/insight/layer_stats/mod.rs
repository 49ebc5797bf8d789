//! What a look inside the network shows, as curves along its depth and as a map of depth by step.

mod heat_map;
mod measure;
mod measured;

pub use heat_map::{HeatMap, ramp};
pub use measure::Measure;
pub use measured::{BlockLook, LayerGradients, NetworkLook};
