//! Where the numbers are crunched.

use serde::{Deserialize, Serialize};

/// Device a run is asked to use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceChoice {
    /// WebGPU where the browser has it, the CPU elsewhere.
    #[default]
    Automatic,
    /// The CPU, whatever else there is.
    Cpu,
    /// WebGPU, or an error that says why not.
    WebGpu,
}

impl DeviceChoice {
    /// All of them, in the order a menu shows them.
    pub const ALL: [Self; 3] = [Self::Automatic, Self::Cpu, Self::WebGpu];

    /// Word for it in a link.
    pub fn word(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Cpu => "cpu",
            Self::WebGpu => "webgpu",
        }
    }
}
