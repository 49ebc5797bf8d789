//! What the browser can train on, and how fast it was when it was last measured.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::experiment::DeviceChoice;
use crate::language::{text, tr};
use crate::run::{GpuProbe, TrainerKind, choose_trainer};

use super::WorkstationContext;
use crate::app::services::local_storage;
use crate::app::services::{gpu_probe, worker_scripts};

/// The GPU, and the measured speed of each trainer.
#[derive(Debug, Clone, Copy)]
pub struct DeviceContext {
    gpu: RwSignal<GpuProbe>,
    /// Raised whenever a speed is remembered.
    speeds: RwSignal<u32>,
    workstation: WorkstationContext,
}

impl DeviceContext {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self { gpu: RwSignal::new(GpuProbe::Pending), speeds: RwSignal::new(0), workstation: WorkstationContext::new() }
    }

    /// Asks the browser for its GPU.
    pub fn probe(self) {
        if worker_scripts::lacks_webgpu() {
            let reason = text!("The WebGPU trainer of this page is still being built (reload the page when it is there)");
            return self.gpu.set(GpuProbe::Unusable(reason.into()));
        }
        spawn_local(async move { self.gpu.set(gpu_probe::probe().await) });
    }

    /// What is known of the GPU.
    pub fn gpu(self) -> GpuProbe {
        self.gpu.get()
    }

    /// The visitor's program.
    pub fn workstation(self) -> WorkstationContext {
        self.workstation
    }

    /// Whether the browser has yet to say if it has a GPU, and that matters.
    pub fn is_pending(self) -> bool {
        !self.workstation.is_chosen() && self.gpu.with(|gpu| *gpu == GpuProbe::Pending)
    }

    /// A trainer found the GPU unusable when it opened it: the next one need not find out again.
    pub fn no_gpu(self, reason: &str) {
        self.gpu.set(GpuProbe::Unusable(tr!("WebGPU cannot be used here ({reason})", reason)));
    }

    /// The trainer for a choice, and a sentence when it is not what one might expect; `None` while the browser has not answered.
    pub fn trainer(self, choice: DeviceChoice) -> Option<(TrainerKind, Option<String>)> {
        if self.workstation.is_chosen() {
            return Some((TrainerKind::Workstation, None));
        }
        self.gpu.with(|gpu| choose_trainer(choice, gpu))
    }

    /// Multiply-adds of the forward pass a second, as last measured with this trainer on this device.
    pub fn speed(self, trainer: TrainerKind) -> Option<f64> {
        self.speeds.track();
        local_storage::get::<f64>(speed_key(trainer)?).filter(|speed| *speed >= 1.0)
    }

    /// Remembers a measured speed for other networks and other visits.
    pub fn remember_speed(self, trainer: TrainerKind, multiply_adds_per_second: f64) {
        if let Some(key) = speed_key(trainer) {
            // Nothing is lost where the browser does not remember it.
            let _ = local_storage::set(key, &multiply_adds_per_second.round());
            self.speeds.update(|count| *count += 1);
        }
    }
}

/// None for programs: each is on another machine.
fn speed_key(trainer: TrainerKind) -> Option<&'static str> {
    match trainer {
        TrainerKind::Cpu => Some("speed-cpu"),
        TrainerKind::WebGpu => Some("speed-webgpu"),
        TrainerKind::Workstation => None,
    }
}
