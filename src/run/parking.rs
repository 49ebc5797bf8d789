//! A run whose trainer is ended to give back what it holds, and that goes on later from a checkpoint in the page's memory:
//! what a page around does with a frame that is not seen, and what helps when a GPU was lost.

use super::recovery::is_loss;
use super::remembered::Remembered;
use super::{Activity, RateMeter, Run, RunPlan, RunState, TrainerEffect, Wanted};
use crate::checkpoint::autosave::{KeptWork, Past};
use crate::experiment::RunId;
use crate::experiment::weight_init::StartingPoint;
use crate::protocol::TrainCommand;

/// How the name of a file ends that holds a checkpoint.
const CHECKPOINT_FILE: &str = "-checkpoint.safetensors";

impl Run {
    /// Whether its trainer was ended, and Play takes it up again.
    pub fn is_parked(&self) -> bool {
        self.activity == Activity::Parked
    }

    /// Whether its last epoch is over with its pass over the held-out images, as far as is known without its trainer.
    pub(super) fn has_all_steps(&self) -> bool {
        self.epochs.last().is_some_and(|record| record.stops || record.steps_done >= self.total_steps())
    }

    /// What it had measured by the time of the checkpoint.
    fn past(&self, remembered: &Remembered) -> Past {
        let Remembered { steps_done, training_ms, .. } = *remembered;
        let steps = self.steps.iter().filter(|step| step.step < steps_done).copied().collect();
        let epochs = self.epochs.iter().filter(|record| record.steps_done <= steps_done).copied().collect();
        Past { steps, epochs, training_ms }
    }

    /// Takes over what a run had measured.
    fn set_past(&mut self, past: Past) {
        let Past { steps, epochs, training_ms } = past;
        self.held_out = epochs.iter().map(|record| record.held_out).collect();
        (self.steps, self.epochs) = (steps, epochs);
        (self.training_ms, self.earlier_ms) = (training_ms, training_ms);
        let steps_done = self.steps_done();
        self.clock.mark(steps_done, training_ms);
        self.looks.retain(|look| look.gradients.step < steps_done);
        self.rate = RateMeter::default();
    }

    /// Lets it begin again from what is remembered of it, or from its start.
    fn take_up(&mut self, wanted: Wanted) {
        match self.remembered.clone() {
            Some(remembered) => {
                self.set_past(self.past(&remembered));
                self.plan.request.start = StartingPoint::Checkpoint(remembered.checkpoint.to_vec());
            }
            None => self.forget_measurements(),
        }
        (self.trainer, self.note, self.device, self.kernels) = (None, None, None, None);
        (self.wanted, self.stepped, self.awaits_checkpoint) = (wanted, false, false);
        self.activity = Activity::ChoosingDevice;
    }
}

impl RunState {
    /// Asks the trainer for a checkpoint to remember. Whatever it was doing it does again afterwards.
    pub fn ask_for_checkpoint(&mut self) -> Vec<TrainerEffect> {
        let writes = |run: &&mut Run| run.has_commands() && !run.steps.is_empty() && !matches!(run.activity, Activity::Failed(_));
        let Some(run) = self.run.as_mut().filter(writes) else { return Vec::new() };
        run.awaits_checkpoint = true;
        let goes_on = match run.wanted {
            _ if run.is_over() => None,
            Wanted::Playing => Some(TrainCommand::Run),
            Wanted::OneStep if !run.stepped => Some(TrainCommand::StepAndLook),
            Wanted::OneStep | Wanted::Paused => None,
        };
        // A trainer that pauses tells all its steps, so that none is missing before the checkpoint.
        let pauses = (!run.is_over()).then_some(TrainCommand::Pause);
        pauses.into_iter().chain([TrainCommand::WriteCheckpoint]).chain(goes_on).map(TrainerEffect::Post).collect()
    }

    /// Whether the trainer has been asked for a checkpoint and can still be heard to write it.
    pub fn awaits_checkpoint(&self) -> bool {
        let waits = |run: &Run| run.awaits_checkpoint && !matches!(run.activity, Activity::Failed(_) | Activity::Parked);
        self.run.as_ref().is_some_and(waits)
    }

    /// Whether a file that the trainer wrote is meant for the page's memory rather than for the visitor.
    pub fn takes_file(&self, name: &str) -> bool {
        self.awaits_checkpoint() && name.ends_with(CHECKPOINT_FILE)
    }

    /// Remembers a checkpoint that the trainer wrote of the run.
    pub(super) fn remember(&mut self, checkpoint: Vec<u8>) {
        if let Some(run) = &mut self.run {
            run.awaits_checkpoint = false;
            run.remembered = Remembered::new(checkpoint, run.training_ms).or(run.remembered.take());
        }
    }

    /// The run as it was last remembered.
    pub fn remembered_work(&self) -> Option<KeptWork> {
        let run = self.run.as_ref()?;
        let remembered = run.remembered.as_ref()?;
        Some(KeptWork { past: run.past(remembered), checkpoint: remembered.checkpoint.to_vec() })
    }

    /// Whether there is such a checkpoint.
    pub fn is_remembered(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.remembered.is_some())
    }

    /// Ends the trainer. What the run measured stays, and [`RunState::play`] takes it up where it was last remembered.
    pub fn park(&mut self) -> Vec<TrainerEffect> {
        let Some(run) = self.run.as_mut().filter(|run| !run.is_parked()) else { return Vec::new() };
        if !matches!(run.activity, Activity::Failed(_)) {
            run.activity = Activity::Parked;
            run.wanted = Wanted::Paused;
            run.device = None;
        }
        vec![TrainerEffect::Stop]
    }

    /// A parked run in the place of the one there is: one that another page trained so far.
    pub fn restore(&mut self, plan: RunPlan, id: RunId, work: KeptWork) -> Vec<TrainerEffect> {
        let effects = self.begin(plan, id, Wanted::Paused);
        if let Some(run) = &mut self.run {
            run.remembered = Remembered::new(work.checkpoint, work.past.training_ms);
            run.set_past(work.past);
            run.activity = Activity::Parked;
        }
        effects
    }

    /// Whether the run can go on from the page's memory: it was parked, or lost its trainer.
    pub fn can_continue(&self) -> bool {
        let can = |run: &Run| match &run.activity {
            Activity::Parked => true,
            // What does not fit into the memory will not fit the next time.
            Activity::Failed(error) => is_loss(error) && error.can_be_retried(),
            _ => false,
        };
        self.run.as_ref().is_some_and(can)
    }

    /// Lets it go on from there; its trainer is launched as that of a new run is.
    pub fn go_on(&mut self, wanted: Wanted) -> Vec<TrainerEffect> {
        if self.can_continue() {
            self.run.iter_mut().for_each(|run| run.take_up(wanted));
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{end_epoch, plan_of, ready, started, steps};
    use super::*;
    use crate::checkpoint::{Checkpoint, NamedWeights};
    use crate::dataset::ClassChoice;
    use crate::experiment::goal::Goal;
    use crate::experiment::{Experiment, TrainError};
    use crate::protocol::{Phase, TrainEvent};
    use crate::run::TrainerKind;

    fn checkpoint(steps_done: usize) -> Vec<u8> {
        let Experiment { network, hyperparameters, .. } = Experiment::default();
        let checkpoint = Checkpoint {
            network,
            hyperparameters,
            classes: ClassChoice::default(),
            frozen: Default::default(),
            steps_done,
            optimizer_steps: steps_done as i32,
            callbacks: Default::default(),
            weights: NamedWeights::new(),
            memory: Default::default(),
            average: None,
            best: None,
        };
        checkpoint.to_bytes()
    }

    /// Forty steps, an epoch that ended with the last of them, and nine more.
    fn trained(trainer: TrainerKind) -> RunState {
        let mut state = started(trainer);
        drop(state.apply(ready()));
        drop(state.apply(steps(0..40, 100.0)));
        end_epoch(&mut state, 1, 0.3);
        state.remember(checkpoint(40));
        drop(state.apply(steps(40..49, 130.0)));
        state
    }

    fn failed_by(error: TrainError) -> RunState {
        let mut state = trained(TrainerKind::WebGpu);
        drop(state.apply(TrainEvent::Failed(error)));
        state
    }

    #[test]
    fn a_parked_run_goes_on_where_it_was_remembered() {
        let mut state = trained(TrainerKind::Cpu);
        state.remember(checkpoint(49));
        assert_eq!(state.park(), [TrainerEffect::Stop]);
        let run = state.run().unwrap();
        assert_eq!((run.is_parked(), run.steps.len(), run.phase_words()), (true, 49, "Paused"), "its curves stay");
        assert_eq!(state.park(), [], "once");
        assert!(!state.is_playing() && state.apply(steps(49..60, 1.0)).is_empty());
        assert_eq!(state.run().unwrap().steps.len(), 49, "what the ended trainer still said is not heard");
        drop(state.play());
        assert_eq!(state.launch(TrainerKind::Cpu, None), [TrainerEffect::Start(TrainerKind::Cpu)]);
        let effects = state.apply(ready());
        let TrainerEffect::Post(TrainCommand::Prepare(request)) = &effects[0] else { panic!("{effects:?}") };
        assert_eq!(request.start, StartingPoint::Checkpoint(checkpoint(49)));
        assert_eq!(effects.last(), Some(&TrainerEffect::Post(TrainCommand::Run)));
        drop(state.apply(steps(49..60, 20.0)));
        let run = state.run().unwrap();
        assert_eq!((run.steps_done(), run.steps.len(), run.training_ms), (60, 60, 150.0), "steps and time go on");
    }

    #[test]
    fn a_run_that_lost_its_gpu_goes_back_to_the_last_checkpoint() {
        let mut state = trained(TrainerKind::WebGpu);
        drop(state.apply(TrainEvent::Failed(TrainError::DeviceLost { reason: "gone".into() })));
        assert!(state.can_continue());
        assert_eq!(state.play(), [], "it is over");
        assert!(
            !failed_by(TrainError::DeviceMemory).can_continue() && failed_by(TrainError::Broken { reason: "gone".into() }).can_continue()
        );
        drop(state.go_on(Wanted::Playing));
        let run = state.run().unwrap();
        assert_eq!((run.steps_done(), run.epochs.len(), run.held_out.len()), (40, 1, 1), "nine steps are lost");
        assert_eq!((run.activity.clone(), run.wanted), (Activity::ChoosingDevice, Wanted::Playing));
        drop(state.launch(TrainerKind::WebGpu, None));
        drop(state.apply(TrainEvent::Failed(TrainError::NoWebGpu { reason: "none left".into() })));
        let run = state.run().unwrap();
        assert_eq!((run.trainer, run.steps_done()), (Some(TrainerKind::Cpu), 40), "the CPU goes on with it");
    }

    #[test]
    fn without_a_checkpoint_it_begins_again() {
        let mut state = started(TrainerKind::WebGpu);
        drop(state.apply(ready()));
        drop(state.apply(steps(0..3, 10.0)));
        assert_eq!(state.remembered_work(), None);
        drop(state.park());
        drop(state.step());
        let run = state.run().unwrap();
        assert_eq!((run.steps_done(), run.wanted, run.plan.request.start.clone()), (0, Wanted::OneStep, StartingPoint::Fresh));
    }

    #[test]
    fn another_page_takes_a_run_over() {
        let state = trained(TrainerKind::Cpu);
        let work = state.remembered_work().unwrap();
        assert_eq!((work.past.steps.len(), work.past.epochs.len(), work.past.training_ms), (40, 1, 100.0), "as of the checkpoint");
        let mut other = RunState { keeps_nothing: true, ..RunState::default() };
        assert_eq!(other.restore(plan_of(Experiment::default()), RunId::new(2), work.clone()), []);
        assert_eq!(other.remembered_work(), Some(work), "it can be handed on");
        let run = other.run().unwrap();
        assert_eq!((run.is_parked(), run.steps_done(), run.held_out.len(), run.kept_as.is_none()), (true, 40, 1, true));
        drop(other.play());
        assert_eq!(other.run().unwrap().plan.request.start, StartingPoint::Checkpoint(checkpoint(40)));
    }

    #[test]
    fn a_goal_counts_the_time_that_the_run_had_trained_elsewhere() {
        let work = trained(TrainerKind::Cpu).remembered_work().unwrap();
        let reached_within_a_second = |training_ms| {
            let work = KeptWork { past: Past { training_ms, ..work.past.clone() }, ..work.clone() };
            let mut other = RunState { keeps_nothing: true, ..RunState::default() };
            drop(other.restore(plan_of(Experiment::default()), RunId::new(2), work));
            other.run().unwrap().goal_progress(&Goal::parse("accuracy:30@1s").unwrap()).reached
        };
        assert_eq!([900.0, 5000.0].map(reached_within_a_second), [Some(true), Some(false)]);
    }

    #[test]
    fn a_checkpoint_is_asked_for_without_a_change_of_what_the_run_does() {
        let mut state = trained(TrainerKind::Cpu);
        let name = "resnet-11-step-49-checkpoint.safetensors";
        assert!(!state.takes_file(name), "nobody asked");
        let asked = state.ask_for_checkpoint();
        let wanted = [TrainCommand::Pause, TrainCommand::WriteCheckpoint, TrainCommand::Run].map(TrainerEffect::Post);
        assert_eq!(asked, wanted);
        assert!(state.awaits_checkpoint() && state.is_playing());
        drop(state.apply(TrainEvent::Phase(Phase::Paused)));
        assert!(state.takes_file(name) && !state.takes_file("resnet-11-keras-weights.safetensors"), "the visitor's own go to the visitor");
        drop(state.apply(TrainEvent::File { name: name.into(), bytes: checkpoint(49) }));
        assert_eq!((state.awaits_checkpoint(), state.remembered_work().map(|work| work.past.steps.len())), (false, Some(49)));
        drop(state.apply(TrainEvent::Phase(Phase::Training)));
        assert!(state.is_playing());
        drop(state.pause());
        assert_eq!(state.ask_for_checkpoint(), wanted[..2], "a run that waits");
        drop(state.apply(TrainEvent::Failed(TrainError::DeviceLost { reason: "gone".into() })));
        assert!(!state.awaits_checkpoint(), "there is nobody left to write it");
        assert_eq!((state.ask_for_checkpoint(), RunState::default().ask_for_checkpoint()), (vec![], vec![]));
        assert_eq!(started(TrainerKind::Cpu).ask_for_checkpoint(), [], "nothing was trained");
    }

    #[test]
    fn what_is_no_checkpoint_is_not_remembered() {
        let mut state = trained(TrainerKind::Cpu);
        state.remember(b"no checkpoint".to_vec());
        assert_eq!(state.remembered_work().map(|work| work.past.steps.len()), Some(40), "the one before stays");
        RunState::default().remember(checkpoint(1));
    }

    #[test]
    fn a_failed_run_is_only_ended() {
        let mut state = trained(TrainerKind::Cpu);
        drop(state.apply(TrainEvent::Failed(TrainError::Diverged { step: 49 })));
        assert_eq!(state.park(), [TrainerEffect::Stop]);
        assert!(!state.can_continue() && matches!(state.run().unwrap().activity, Activity::Failed(_)));
        assert_eq!(RunState::default().park(), []);
    }

    #[test]
    fn a_finished_run_stays_finished() {
        let mut experiment = Experiment::default();
        experiment.hyperparameters.epochs = 1;
        let total = experiment.hyperparameters.total_steps();
        let mut state = RunState::default();
        drop(state.begin(plan_of(experiment), RunId::new(1), Wanted::Playing));
        drop(state.launch(TrainerKind::Cpu, None));
        drop(state.apply(ready()));
        drop(state.apply(steps(0..total, 10.0)));
        let mut early = state.clone();
        drop(early.park());
        assert!(!early.run().unwrap().is_over(), "its last pass is still owed");
        end_epoch(&mut state, 1, 0.5);
        drop(state.apply(TrainEvent::Phase(Phase::Finished)));
        state.remember(checkpoint(total));
        drop(state.park());
        let run = state.run().unwrap();
        assert_eq!((run.phase_words(), run.is_over()), ("Finished", true));
        assert_eq!(state.play(), [], "nothing is left to train");
        assert!(state.run().unwrap().is_parked());
    }
}
