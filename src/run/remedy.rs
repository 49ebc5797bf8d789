//! What can be offered where a run has failed: only what can help.

use super::{Activity, Run, TrainerKind};
use crate::experiment::weight_init::StartingPoint;
use crate::experiment::{TrainError, WorkerFailure};

/// A way out of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// The same run, from where the browser's storage has it.
    GoOn {
        /// Steps done by then.
        step: usize,
    },
    /// A new trainer with the settings above.
    Restart,
    /// The same, once the settings above are others than those that failed.
    RestartChanged,
    /// A new run with half as many images in a batch, which takes about half the memory.
    HalveBatch {
        /// Images in one.
        batch_size: usize,
    },
    /// A new run on the CPU.
    UseCpu,
    /// The same run, from where the browser's storage has it, with a trainer of the page in the place of a native program.
    GoOnHere {
        /// Steps done by then.
        step: usize,
    },
    /// A new run with a trainer of the page.
    RestartHere,
    /// The page of today; its link keeps the settings.
    Reload,
    /// The page outside of the frame around it.
    OpenInTab,
}

impl Run {
    /// What helps against its failure, the best first. Nothing where all is well, or only the page's host can help.
    pub fn remedies(&self) -> Vec<Remedy> {
        let Activity::Failed(error) = &self.activity else { return Vec::new() };
        let go_on = self.saved_step().map(|step| Remedy::GoOn { step });
        let again = match error {
            TrainError::Worker(WorkerFailure::OtherBuild | WorkerFailure::Missing { .. }) => vec![Remedy::Reload],
            TrainError::Worker(WorkerFailure::Workstation(failure)) if !failure.can_be_retried() => vec![Remedy::Reload],
            TrainError::Worker(WorkerFailure::Sandboxed) => vec![Remedy::OpenInTab],
            // A copy that the browser keeps is asked for anew only with the page.
            TrainError::Worker(WorkerFailure::Damaged { .. }) => vec![Remedy::Restart, Remedy::Reload],
            // The next run starts from what the settings say, not from the saved run that cannot be read.
            TrainError::WeightsFile { .. } if matches!(self.plan.request.start, StartingPoint::Kept(_)) => vec![Remedy::Restart],
            TrainError::DeviceMemory | TrainError::Worker(WorkerFailure::OutOfMemory { .. }) => self.with_less_memory(error),
            error if error.can_be_retried() => vec![Remedy::Restart],
            TrainError::Worker(_) => Vec::new(),
            _ => vec![Remedy::RestartChanged],
        };
        let mut remedies: Vec<Remedy> = go_on.into_iter().chain(again).collect();
        if self.trainer == Some(TrainerKind::WebGpu) && is_of_trainer(error) {
            remedies.push(Remedy::UseCpu);
        }
        if self.trainer == Some(TrainerKind::Workstation) && is_of_program(error) {
            remedies.push(self.saved_step().map_or(Remedy::RestartHere, |step| Remedy::GoOnHere { step }));
        }
        remedies
    }

    fn with_less_memory(&self, error: &TrainError) -> Vec<Remedy> {
        let batch_size = self.plan.experiment.hyperparameters.batch_size;
        // The program itself found no room: other tabs may have gone meanwhile.
        let again = if error.can_be_retried() { Remedy::Restart } else { Remedy::RestartChanged };
        // Before there is a run, its batch is not at fault.
        let smaller = (batch_size > 1 && self.device.is_some()).then_some(Remedy::HalveBatch { batch_size: batch_size / 2 });
        smaller.into_iter().chain([again]).collect()
    }
}

/// Whether the other trainer may do better: it is another program on another device.
fn is_of_trainer(error: &TrainError) -> bool {
    match error {
        TrainError::NoWebGpu { .. } | TrainError::DeviceLost { .. } | TrainError::Broken { .. } | TrainError::DeviceMemory => true,
        TrainError::Worker(failure) => matches!(
            failure,
            WorkerFailure::Missing { .. }
                | WorkerFailure::NotArrived { .. }
                | WorkerFailure::WrongType { .. }
                | WorkerFailure::Damaged { .. }
                | WorkerFailure::OutOfMemory { .. }
                | WorkerFailure::Silent { .. }
        ),
        _ => false,
    }
}

/// Whether a trainer of the page may do better than a native program.
fn is_of_program(error: &TrainError) -> bool {
    match error {
        TrainError::DeviceLost { .. } | TrainError::Broken { .. } | TrainError::DeviceMemory => true,
        TrainError::Worker(failure) => matches!(failure, WorkerFailure::Workstation(_) | WorkerFailure::Silent { .. }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{plan_of, ready, started};
    use super::*;
    use crate::experiment::{Experiment, RunId, WorkstationFailure};
    use crate::protocol::TrainEvent;
    use crate::run::{RunState, Wanted};

    fn after(error: impl Into<TrainError>, trainer: TrainerKind) -> Vec<Remedy> {
        let mut state = started(trainer);
        drop(state.apply(ready()));
        drop(state.apply(TrainEvent::Failed(error.into())));
        state.run().unwrap().remedies()
    }

    #[test]
    fn a_run_that_is_well_needs_none() {
        assert_eq!(started(TrainerKind::Cpu).run().unwrap().remedies(), []);
    }

    #[test]
    fn restart_is_offered_where_the_same_again_may_go_well() {
        let reason = || "gone".to_owned();
        for error in [
            TrainError::Images { reason: reason() },
            TrainError::Broken { reason: reason() },
            WorkerFailure::NotArrived { file: reason() }.into(),
            WorkerFailure::Stopped { reason: reason() }.into(),
            WorkerFailure::Silent { seconds: 12 }.into(),
        ] {
            assert_eq!(after(error.clone(), TrainerKind::Cpu), [Remedy::Restart], "{error}");
        }
    }

    #[test]
    fn a_damaged_program_is_asked_for_again_or_with_the_page() {
        let damaged = WorkerFailure::Damaged { reason: "cut short".into() };
        assert_eq!(after(damaged.clone(), TrainerKind::Cpu), [Remedy::Restart, Remedy::Reload]);
        assert_eq!(after(damaged, TrainerKind::WebGpu), [Remedy::Restart, Remedy::Reload, Remedy::UseCpu]);
    }

    #[test]
    fn what_the_settings_brought_about_is_restarted_with_others() {
        for error in
            [TrainError::settings("too large"), TrainError::Diverged { step: 3 }, TrainError::WeightsFile { reason: "a pickle".into() }]
        {
            assert_eq!(after(error.clone(), TrainerKind::Cpu), [Remedy::RestartChanged], "{error}");
        }
    }

    #[test]
    fn a_saved_run_that_cannot_be_read_gives_way_to_a_new_one() {
        let mut plan = plan_of(Experiment::default());
        plan.request.start = StartingPoint::Kept(RunId::new(7));
        let mut state = RunState::default();
        drop(state.begin(plan, RunId::new(7), Wanted::Playing));
        drop(state.launch(TrainerKind::Cpu, None));
        drop(state.apply(TrainEvent::Failed(TrainError::WeightsFile { reason: "damaged".into() })));
        assert_eq!(state.run().unwrap().remedies(), [Remedy::Restart]);
    }

    #[test]
    fn a_run_that_does_not_fit_is_made_smaller_with_one_click() {
        let half = Remedy::HalveBatch { batch_size: 16 };
        assert_eq!(after(TrainError::DeviceMemory, TrainerKind::WebGpu), [half, Remedy::RestartChanged, Remedy::UseCpu]);
        let no_room = || WorkerFailure::OutOfMemory { reason: "no room".into() };
        assert_eq!(after(no_room(), TrainerKind::Cpu), [half, Remedy::Restart]);
        let mut state = started(TrainerKind::Cpu);
        drop(state.broken(no_room()));
        assert_eq!(state.run().unwrap().remedies(), [Remedy::Restart], "its program did not fit: the batch is not at fault");
    }

    #[test]
    fn where_the_page_is_of_yesterday_it_is_loaded_anew() {
        let missing = WorkerFailure::Missing { file: "tasks.js".into(), answer: "404".into() };
        assert_eq!(after(missing, TrainerKind::Cpu), [Remedy::Reload]);
        assert_eq!(after(WorkerFailure::OtherBuild, TrainerKind::WebGpu), [Remedy::Reload], "the other trainer is as new");
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(TrainEvent::Ready { protocol_version: 1, device: "CPU".into() }));
        assert_eq!(state.run().unwrap().remedies(), [Remedy::Reload], "a trainer that says it is another");
    }

    #[test]
    fn where_only_the_host_can_help_nothing_is_offered() {
        let wrong_type = WorkerFailure::WrongType { file: "a.js".into(), content_type: "text/plain".into() };
        let forbidden = WorkerFailure::WorkersForbidden { directive: "worker-src".into() };
        for failure in [wrong_type, forbidden, WorkerFailure::WasmForbidden, WorkerFailure::NoWorkers] {
            assert_eq!(after(failure.clone(), TrainerKind::Cpu), [], "{failure}");
        }
        assert_eq!(after(WorkerFailure::Sandboxed, TrainerKind::Cpu), [Remedy::OpenInTab]);
    }

    #[test]
    fn a_trainer_of_the_page_is_offered_where_a_program_is_at_fault() {
        let address = || "ws://127.0.0.1:8765".to_owned();
        for failure in [
            WorkstationFailure::NoAddress { text: "a b".into() },
            WorkstationFailure::Forbidden { address: address() },
            WorkstationFailure::NotReached { address: address(), command: "resnet-playground".into() },
            WorkstationFailure::WrongToken { address: address() },
            WorkstationFailure::Lost { address: address() },
        ] {
            let failure = WorkerFailure::from(failure);
            assert_eq!(after(failure.clone(), TrainerKind::Workstation), [Remedy::Restart, Remedy::RestartHere], "{failure}");
        }
        let other: WorkerFailure = WorkstationFailure::OtherVersion { address: address() }.into();
        assert_eq!(after(other, TrainerKind::Workstation), [Remedy::Reload, Remedy::RestartHere]);
        let diverged = TrainError::Diverged { step: 1 };
        assert_eq!(after(diverged, TrainerKind::Workstation), [Remedy::RestartChanged], "it would diverge here too");
    }

    #[test]
    fn the_cpu_is_offered_where_the_gpu_is_at_fault() {
        let lost = || TrainError::DeviceLost { reason: "gone".into() };
        assert_eq!(after(lost(), TrainerKind::WebGpu), [Remedy::Restart, Remedy::UseCpu]);
        assert_eq!(after(lost(), TrainerKind::Cpu), [Remedy::Restart]);
        let missing = || WorkerFailure::Missing { file: "trainer_webgpu.js".into(), answer: "404".into() };
        assert_eq!(after(missing(), TrainerKind::WebGpu), [Remedy::Reload, Remedy::UseCpu]);
        for error in [TrainError::Images { reason: "offline".into() }, WorkerFailure::Sandboxed.into(), TrainError::Diverged { step: 1 }] {
            assert!(!after(error.clone(), TrainerKind::WebGpu).contains(&Remedy::UseCpu), "{error}");
        }
    }
}
