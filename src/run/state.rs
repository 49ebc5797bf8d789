//! The run there is, and how events change it.

use std::sync::Arc;

use crate::experiment::{Experiment, RunId, TrainError, WorkerFailure};
use crate::language::tr;
use crate::protocol::{PROTOCOL_VERSION, Phase, TrainCommand, TrainEvent};

use super::kept_as::KeptAs;
use super::{Activity, Arrival, Run, RunHistory, RunPlan, TrainerEffect, TrainerKind, Wanted};

/// The run there is, or none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunState {
    pub(super) run: Option<Run>,
    /// Those before it.
    pub history: RunHistory,
    /// Whether runs leave nothing in the browser's storage: a page inside of another one may not.
    pub keeps_nothing: bool,
}

impl RunState {
    /// The run there is.
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// Whether the trainer is meant to go on by itself.
    pub fn is_playing(&self) -> bool {
        self.run.as_ref().is_some_and(Run::is_playing)
    }

    /// Whether the run was made with other settings than `asked`.
    pub fn needs_restart(&self, asked: &Experiment) -> bool {
        self.run.as_ref().is_some_and(|run| run.plan.experiment != *asked)
    }

    /// Takes a new run in the place of the old; [`RunState::launch`] follows once the device is known. `id` is new, or that of
    /// the kept run that it goes on with.
    pub fn begin(&mut self, plan: RunPlan, id: RunId, wanted: Wanted) -> Vec<TrainerEffect> {
        let effects = self.reset();
        let kept_as = (!self.keeps_nothing).then(|| KeptAs { id, name: self.history.name_of(&plan.experiment) });
        self.run = Some(Run { kept_as, ..Run::new(plan, wanted) });
        effects
    }

    /// Starts the trainer of a run that waits for one; `note` says why it is not the one asked for.
    pub fn launch(&mut self, trainer: TrainerKind, note: Option<String>) -> Vec<TrainerEffect> {
        match &mut self.run {
            Some(run) if run.activity == Activity::ChoosingDevice => {
                run.trainer = Some(trainer);
                run.note = note;
                run.activity = Activity::FetchingTrainer(None);
                vec![TrainerEffect::Start(trainer)]
            }
            _ => Vec::new(),
        }
    }

    /// So much of the trainer's program has arrived.
    pub fn arriving(&mut self, arrival: Arrival) {
        if let Some(Activity::FetchingTrainer(arrived)) = self.run.as_mut().map(|run| &mut run.activity) {
            *arrived = Some(arrival);
        }
    }

    /// Lets the run go on.
    pub fn play(&mut self) -> Vec<TrainerEffect> {
        self.want(Wanted::Playing, TrainCommand::Run)
    }

    /// Lets it take one step.
    pub fn step(&mut self) -> Vec<TrainerEffect> {
        self.want(Wanted::OneStep, TrainCommand::StepAndLook)
    }

    /// Lets it wait.
    pub fn pause(&mut self) -> Vec<TrainerEffect> {
        self.want(Wanted::Paused, TrainCommand::Pause)
    }

    /// Ends the run and keeps what it measured, to compare with.
    pub fn reset(&mut self) -> Vec<TrainerEffect> {
        let Some(run) = self.run.take() else { return Vec::new() };
        self.history.keep(&run);
        vec![TrainerEffect::Stop]
    }

    /// Folds one event in.
    pub fn apply(&mut self, event: TrainEvent) -> Vec<TrainerEffect> {
        let Some(run) = &mut self.run else { return Vec::new() };
        if matches!(run.activity, Activity::Failed(_) | Activity::Parked) {
            return Vec::new();
        }
        match event {
            TrainEvent::Ready { protocol_version, .. } if protocol_version != PROTOCOL_VERSION => {
                return self.fail(WorkerFailure::OtherBuild.into());
            }
            TrainEvent::Ready { device, .. } => return run.ready(device),
            TrainEvent::NotRetuned { reason } => return run.not_retuned(reason),
            TrainEvent::Failed(error) => return self.fail(error),
            TrainEvent::KernelsChosen { description } => run.kernels = Some(description),
            TrainEvent::Phase(phase) => {
                run.activity = Activity::Trainer(phase);
                if run.wanted == Wanted::OneStep && phase == Phase::Paused && run.stepped {
                    run.wanted = Wanted::Paused;
                }
            }
            TrainEvent::Steps { steps, training_ms, .. } => {
                run.stepped = true;
                run.training_ms = run.earlier_ms + training_ms;
                run.keep_steps(steps);
                run.clock.mark(run.steps_done(), run.training_ms);
                run.rate.mark(run.images_done(), run.training_ms);
            }
            TrainEvent::Looks(looks) => run.keep_looks(looks),
            TrainEvent::Experiment(report) => run.lesions = Some(report),
            TrainEvent::ImageLook(look) => run.image_look = Some(look),
            TrainEvent::HeldOut(metrics) => run.held_out.push(metrics),
            TrainEvent::EpochEnd(record) => run.epochs.push(*record),
            TrainEvent::Tested(tests) => run.tests = tests,
            TrainEvent::Gap(gap) => run.gap = Some(gap),
            TrainEvent::Kept { steps_done } => run.note_kept(steps_done),
            TrainEvent::Predictions(predictions) => run.predictions = Some(Arc::new(predictions)),
            TrainEvent::ImagesMissing { reason } => {
                run.note = Some(tr!("Training waits: {reason}. Play asks for them again.", reason));
                run.wanted = Wanted::Paused;
            }
            TrainEvent::NotKept { reason } => run.note_not_kept(&reason),
            TrainEvent::File { bytes, .. } => self.remember(bytes),
            TrainEvent::Compared { .. } => {}
        }
        Vec::new()
    }

    /// The trainer broke without a word of its own, or never said one.
    pub fn broken(&mut self, failure: WorkerFailure) -> Vec<TrainerEffect> {
        match &self.run {
            Some(run) if !matches!(run.activity, Activity::Failed(_) | Activity::Parked) => self.fail(failure.into()),
            _ => Vec::new(),
        }
    }

    pub(super) fn want(&mut self, wanted: Wanted, command: TrainCommand) -> Vec<TrainerEffect> {
        let Some(run) = &mut self.run else { return Vec::new() };
        if run.is_over() {
            return Vec::new();
        }
        if run.is_parked() && wanted != Wanted::Paused {
            return self.go_on(wanted);
        }
        run.wanted = wanted;
        run.stepped = false;
        // Until the trainer is there and has its network it hears nothing; it is told then.
        if run.has_commands() { vec![TrainerEffect::Post(command)] } else { Vec::new() }
    }

    pub(super) fn fail(&mut self, error: TrainError) -> Vec<TrainerEffect> {
        let Some(run) = &mut self.run else { return Vec::new() };
        match error {
            TrainError::NoWebGpu { reason } if run.trainer == Some(TrainerKind::WebGpu) => {
                run.fall_back_to_cpu(&reason);
                vec![TrainerEffect::Start(TrainerKind::Cpu)]
            }
            error => {
                run.activity = Activity::Failed(error);
                if run.may_go_on_by_itself() { self.go_on_by_itself() } else { vec![TrainerEffect::Stop] }
            }
        }
    }
}
