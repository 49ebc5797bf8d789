//! What `bench/run.mjs` measured.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Results {
    pub date: String,
    pub machine: String,
    pub browser: String,
    pub ceilings: Ceilings,
    pub measured: Vec<Measured>,
    pub profiles: Vec<Profile>,
}

/// Billions of additions and multiplications in a second.
#[derive(Deserialize)]
pub struct Ceilings {
    pub cpu: CpuCeiling,
    /// None where there is no WebGPU.
    pub gpu: Option<GpuCeiling>,
}

#[derive(Deserialize)]
pub struct CpuCeiling {
    pub simd_gflops: Option<f64>,
    pub relaxed_simd_gflops: Option<f64>,
}

#[derive(Deserialize)]
pub struct GpuCeiling {
    pub gflops: f64,
    pub kernel: String,
    pub size: u32,
    pub adapter: String,
}

/// One trainer on one network.
#[derive(Deserialize)]
pub struct Measured {
    pub trainer: String,
    pub folder: String,
    /// What it says of itself: its version, its threads, its card. Absent where it did not start.
    pub runs_on: Option<String>,
    /// From the first step on.
    pub losses: Vec<f64>,
    /// Timed steps only, in milliseconds.
    pub step_ms: Vec<f64>,
    pub first_step_ms: Option<f64>,
    pub first_figures: Option<Figures>,
    /// Of the last timed step.
    pub figures: Option<Figures>,
    /// Why there is nothing.
    pub failure: Option<String>,
}

/// What went through WebGPU in one step, and memory after it. All absent in a native process.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Figures {
    pub dispatches: u64,
    pub submits: u64,
    pub pipelines: u64,
    pub buffers: u64,
    pub created_bytes: u64,
    pub written_bytes: u64,
    pub read_bytes: u64,
    pub host_ms: Option<f64>,
    pub peak_gpu_buffer_bytes: u64,
    pub wasm_memory_bytes: u64,
}

#[derive(Deserialize)]
pub struct Profile {
    pub trainer: String,
    pub folder: String,
    pub kernels: Vec<Kernel>,
}

#[derive(Deserialize)]
pub struct Kernel {
    pub name: String,
    pub dispatches: u64,
    pub ms: f64,
    pub fewest_workgroups: u64,
}

/// What `resnet-playground bench-case` says of a network.
#[derive(Deserialize)]
pub struct Case {
    pub flops_per_step: f64,
    pub batch_size: u64,
    pub parameters: u64,
    pub activation_bytes_per_image: u64,
}
