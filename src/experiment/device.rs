//! Where the numbers are crunched.

use crate::spec::Named;
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

impl Named for DeviceChoice {
    const ALL: &'static [Self] = &[Self::Automatic, Self::Cpu, Self::WebGpu];

    fn name(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Cpu => "cpu",
            Self::WebGpu => "webgpu",
        }
    }
}
