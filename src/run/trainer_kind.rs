//! Which trainer a run uses.

use crate::experiment::DeviceChoice;
use crate::language::tr;

/// A trainer program. Those of the page are a download each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainerKind {
    /// Runs everywhere.
    Cpu,
    /// Needs WebGPU.
    WebGpu,
    /// A native program behind a socket, on whatever device it has.
    Workstation,
}

/// A GPU as the browser describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GpuAdapter {
    /// For people.
    pub name: String,
    /// A CPU that plays a GPU: works, but slower than the CPU trainer.
    pub software: bool,
}

/// What is known about WebGPU in this browser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum GpuProbe {
    /// Not asked to the end yet.
    #[default]
    Pending,
    /// It cannot be used; a sentence without its full stop says why.
    Unusable(String),
    /// It can.
    Usable(GpuAdapter),
}

/// The trainer for a choice, and a sentence when it is not what one might expect.
/// `None` while the browser has not answered and the answer matters.
pub fn choose_trainer(choice: DeviceChoice, probe: &GpuProbe) -> Option<(TrainerKind, Option<String>)> {
    match (choice, probe) {
        (DeviceChoice::Cpu, _) => Some((TrainerKind::Cpu, None)),
        (_, GpuProbe::Pending) => None,
        (_, GpuProbe::Unusable(reason)) => {
            let note = tr!("{reason}, so the network trains on the CPU: slower, but the same numbers.", reason);
            Some((TrainerKind::Cpu, Some(note)))
        }
        (DeviceChoice::WebGpu, GpuProbe::Usable(_)) => Some((TrainerKind::WebGpu, None)),
        (DeviceChoice::Automatic, GpuProbe::Usable(adapter)) if adapter.software => {
            let note = tr!(
                "This browser's GPU is simulated in software ({gpu}), so the network trains on the CPU, which is faster.",
                gpu = adapter.name
            );
            Some((TrainerKind::Cpu, Some(note)))
        }
        (DeviceChoice::Automatic, GpuProbe::Usable(_)) => Some((TrainerKind::WebGpu, None)),
    }
}

/// Sentence for a GPU that turned out to be unusable when the trainer opened it.
pub(super) fn fallback_note(reason: &str) -> String {
    tr!("WebGPU cannot be used here ({reason}), so the network trains on the CPU: slower, but the same numbers.", reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gpu(software: bool) -> GpuProbe {
        GpuProbe::Usable(GpuAdapter { name: "SwiftShader".into(), software })
    }

    #[test]
    fn automatic_takes_a_real_gpu_and_leaves_a_simulated_one() {
        assert_eq!(choose_trainer(DeviceChoice::Automatic, &gpu(false)), Some((TrainerKind::WebGpu, None)), "a GPU is there");
        let (trainer, note) = choose_trainer(DeviceChoice::Automatic, &gpu(true)).unwrap();
        assert_eq!(trainer, TrainerKind::Cpu, "the CPU itself is faster than a CPU that plays a GPU");
        assert!(note.unwrap().contains("SwiftShader"), "and the page says so");
    }

    #[test]
    fn a_user_may_insist_on_a_simulated_gpu() {
        assert_eq!(choose_trainer(DeviceChoice::WebGpu, &gpu(true)), Some((TrainerKind::WebGpu, None)), "asked for, given");
    }

    #[test]
    fn without_webgpu_the_cpu_trains_and_one_sentence_says_why() {
        let probe = GpuProbe::Unusable("This browser has no WebGPU".into());
        let (trainer, note) = choose_trainer(DeviceChoice::Automatic, &probe).unwrap();
        assert_eq!(trainer, TrainerKind::Cpu, "nothing else is there");
        assert_eq!(note.as_deref(), Some("This browser has no WebGPU, so the network trains on the CPU: slower, but the same numbers."));
    }

    #[test]
    fn only_a_choice_that_depends_on_the_gpu_waits_for_it() {
        assert_eq!(choose_trainer(DeviceChoice::Automatic, &GpuProbe::Pending), None, "not known yet");
        assert_eq!(choose_trainer(DeviceChoice::Cpu, &GpuProbe::Pending), Some((TrainerKind::Cpu, None)), "no reason to wait");
    }
}
