//! A run whose trainer was lost goes on from where the browser's storage has it: once by itself, then when it is asked to.

use crate::experiment::weight_init::StartingPoint;
use crate::experiment::{TrainError, WorkerFailure};
use crate::language::format;
use crate::language::tr;

use super::{Activity, Run, RunState, TrainerEffect, TrainerKind, Wanted};

impl Run {
    /// Step from which it can go on: its trainer was lost, and the storage has it.
    pub fn saved_step(&self) -> Option<usize> {
        let Activity::Failed(error) = &self.activity else { return None };
        self.kept.filter(|steps| *steps > 0 && self.kept_as.is_some() && is_loss(error))
    }

    pub(super) fn may_go_on_by_itself(&self) -> bool {
        !self.went_on_by_itself && self.saved_step().is_some()
    }

    /// Starts a trainer with what the storage has: one of the same kind, unless it is to be another.
    fn go_on_from_saved(&mut self, other: Option<TrainerKind>) -> Vec<TrainerEffect> {
        let trainer = other.or(self.trainer);
        let (Some(_), Some(kept_as), Some(trainer)) = (self.saved_step(), &self.kept_as, trainer) else { return Vec::new() };
        self.trainer = Some(trainer);
        self.plan.request.start = StartingPoint::Kept(kept_as.id);
        if self.wanted == Wanted::OneStep {
            self.wanted = Wanted::Paused;
        }
        self.begin_anew();
        vec![TrainerEffect::Start(trainer)]
    }
}

impl RunState {
    /// Lets a run whose trainer was lost go on from its [saved step](Run::saved_step).
    pub fn go_on_from_saved(&mut self) -> Vec<TrainerEffect> {
        self.run.as_mut().map(|run| run.go_on_from_saved(None)).unwrap_or_default()
    }

    /// The same with a trainer of this kind.
    pub fn go_on_from_saved_with(&mut self, trainer: TrainerKind) -> Vec<TrainerEffect> {
        self.run.as_mut().map(|run| run.go_on_from_saved(Some(trainer))).unwrap_or_default()
    }

    pub(super) fn go_on_by_itself(&mut self) -> Vec<TrainerEffect> {
        let Some(run) = &mut self.run else { return Vec::new() };
        if let (Activity::Failed(error), Some(step)) = (&run.activity, run.saved_step()) {
            let sentence = tr!(
                "{failure} The run went on by itself from step {step}, where it was last saved.",
                failure = format::sentence(&error.to_string()),
                step
            );
            run.add_note(&sentence);
        }
        run.went_on_by_itself = true;
        run.go_on_from_saved(None)
    }
}

/// Whether the trainer is gone, rather than unable to go on with these settings.
pub(super) fn is_loss(error: &TrainError) -> bool {
    match error {
        TrainError::DeviceLost { .. } | TrainError::Broken { .. } | TrainError::DeviceMemory => true,
        TrainError::Worker(failure) => {
            matches!(
                failure,
                WorkerFailure::OutOfMemory { .. }
                    | WorkerFailure::Stopped { .. }
                    | WorkerFailure::Silent { .. }
                    | WorkerFailure::Workstation(_)
            )
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ready, started, steps};
    use super::*;
    use crate::experiment::{RunId, WorkstationFailure};
    use crate::protocol::{TrainCommand, TrainEvent};
    use crate::run::Remedy;

    /// A run that has taken 40 steps, of which the storage has 31.
    fn saved(trainer: TrainerKind) -> RunState {
        let mut state = started(trainer);
        drop(state.apply(ready()));
        drop(state.apply(steps(0..40, 100.0)));
        drop(state.apply(TrainEvent::Kept { steps_done: 31 }));
        state
    }

    fn lost() -> TrainError {
        TrainError::DeviceLost { reason: "gone".into() }
    }

    #[test]
    fn a_lost_run_goes_on_by_itself_once_then_asks() {
        let mut state = saved(TrainerKind::WebGpu);
        assert_eq!(state.apply(TrainEvent::Failed(lost())), [TrainerEffect::Start(TrainerKind::WebGpu)]);
        let run = state.run().unwrap();
        assert_eq!((run.steps_done(), run.kept), (0, Some(31)), "the trainer tells its steps again");
        assert!(run.note.as_ref().unwrap().contains("went on by itself from step 31"), "{:?}", run.note);
        let effects = state.apply(ready());
        let starts = |effect: &TrainerEffect| match effect {
            TrainerEffect::Post(TrainCommand::Prepare(request)) => request.start == StartingPoint::Kept(RunId::new(7)),
            _ => false,
        };
        assert!(effects.iter().any(starts) && effects.contains(&TrainerEffect::Post(TrainCommand::Run)), "{effects:?}");

        assert_eq!(state.broken(WorkerFailure::Silent { seconds: 12 }), [TrainerEffect::Stop]);
        assert_eq!(state.run().unwrap().remedies(), [Remedy::GoOn { step: 31 }, Remedy::Restart, Remedy::UseCpu]);
        assert_eq!(state.go_on_from_saved(), [TrainerEffect::Start(TrainerKind::WebGpu)], "asked, it does it again");
        assert!(state.run().unwrap().remedies().is_empty());
    }

    #[test]
    fn a_paused_run_goes_on_being_paused() {
        let mut state = saved(TrainerKind::Cpu);
        drop(state.pause());
        assert_eq!(state.apply(TrainEvent::Failed(lost())), [TrainerEffect::Start(TrainerKind::Cpu)]);
        assert!(!state.is_playing() && !state.apply(ready()).contains(&TrainerEffect::Post(TrainCommand::Run)));
    }

    #[test]
    fn what_would_stop_it_again_is_not_tried() {
        for error in [TrainError::Diverged { step: 40 }, TrainError::settings("too large"), TrainError::images("offline")] {
            let mut state = saved(TrainerKind::Cpu);
            assert_eq!(state.apply(TrainEvent::Failed(error.clone())), [TrainerEffect::Stop], "{error}");
            assert_eq!((state.run().unwrap().saved_step(), state.go_on_from_saved()), (None, vec![]), "{error}");
        }
    }

    #[test]
    fn without_a_saved_step_there_is_nothing_to_go_on_from() {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        drop(state.apply(steps(0..40, 100.0)));
        assert_eq!(state.apply(TrainEvent::Failed(lost())), [TrainerEffect::Stop]);
        assert_eq!(state.run().unwrap().remedies(), [Remedy::Restart]);
        let mut embedded = saved(TrainerKind::Cpu);
        embedded.run.as_mut().unwrap().kept_as = None;
        assert_eq!(embedded.apply(TrainEvent::Failed(lost())), [TrainerEffect::Stop], "an embedded page keeps nothing");
    }

    #[test]
    fn a_program_that_is_gone_for_good_leaves_the_saved_run_to_this_tab() {
        let mut state = saved(TrainerKind::Workstation);
        let address = || "ws://127.0.0.1:8765".to_owned();
        let lost = WorkstationFailure::Lost { address: address() };
        assert_eq!(state.broken(lost.into()), [TrainerEffect::Start(TrainerKind::Workstation)], "it may be there again");
        let gone = WorkstationFailure::NotReached { address: address(), command: String::new() };
        assert_eq!(state.broken(gone.into()), [TrainerEffect::Stop]);
        let remedies = [Remedy::GoOn { step: 31 }, Remedy::Restart, Remedy::GoOnHere { step: 31 }];
        assert_eq!(state.run().unwrap().remedies(), remedies);
        assert_eq!(state.go_on_from_saved_with(TrainerKind::Cpu), [TrainerEffect::Start(TrainerKind::Cpu)]);
        let effects = state.apply(ready());
        let kept = StartingPoint::Kept(RunId::new(7));
        assert!(
            effects.iter().any(|effect| matches!(effect, TrainerEffect::Post(TrainCommand::Prepare(request)) if request.start == kept))
        );
    }

    #[test]
    fn a_gpu_that_is_gone_for_good_leaves_the_saved_run_to_the_cpu() {
        let mut state = saved(TrainerKind::WebGpu);
        drop(state.apply(TrainEvent::Failed(lost())));
        assert_eq!(
            state.apply(TrainEvent::Failed(TrainError::NoWebGpu { reason: "no adapter".into() })),
            [TrainerEffect::Start(TrainerKind::Cpu)]
        );
        let effects = state.apply(ready());
        let kept = StartingPoint::Kept(RunId::new(7));
        assert!(
            effects.iter().any(|effect| matches!(effect, TrainerEffect::Post(TrainCommand::Prepare(request)) if request.start == kept))
        );
    }
}
