//! What a trainer can be used for: a run, a measurement of three steps, a one-click experiment.

use crate::experiment::{RunRequest, TrainError, WorkerFailure};
use crate::language::tr;
use crate::protocol::TrainEvent;
use crate::run::{Arrival, Measured, Probe, ProbeNext, RunState, TrainerEffect, TrainerKind, WhiteningNews};
use crate::run::{StudyNext, StudyRun};

/// Folds what a trainer says into a state, and answers with what to do next. [`super::TrainerDriver`] does it.
pub trait TrainerSession: Send + Sync + 'static {
    /// Whether it asks for [`TrainerEffect::MeasureWhitening`]; such a measurement ends with its trainer.
    const MEASURES_WHITENING: bool = false;

    /// Folds one event in.
    fn apply(&mut self, event: TrainEvent) -> Vec<TrainerEffect>;

    /// So much of the trainer's program has arrived.
    fn arriving(&mut self, _arrival: Arrival) {}

    /// Whether a file that the trainer wrote goes into the state, rather than to the visitor.
    fn takes_file(&self, _name: &str) -> bool {
        false
    }

    /// The trainer broke or fell silent without a word of its own.
    fn broken(&mut self, failure: WorkerFailure) -> Vec<TrainerEffect>;

    /// News of the measurement that [`TrainerEffect::MeasureWhitening`] asked for.
    fn whitening_told(&mut self, _request: &RunRequest, _news: WhiteningNews) -> Vec<TrainerEffect> {
        Vec::new()
    }
}

impl TrainerSession for RunState {
    const MEASURES_WHITENING: bool = true;

    fn apply(&mut self, event: TrainEvent) -> Vec<TrainerEffect> {
        Self::apply(self, event)
    }

    fn arriving(&mut self, arrival: Arrival) {
        Self::arriving(self, arrival);
    }

    fn takes_file(&self, name: &str) -> bool {
        Self::takes_file(self, name)
    }

    fn broken(&mut self, failure: WorkerFailure) -> Vec<TrainerEffect> {
        Self::broken(self, failure)
    }

    fn whitening_told(&mut self, request: &RunRequest, news: WhiteningNews) -> Vec<TrainerEffect> {
        Self::whitening_told(self, request, news)
    }
}

impl TrainerSession for Option<StudyRun> {
    fn apply(&mut self, event: TrainEvent) -> Vec<TrainerEffect> {
        let Some(under_way) = self.as_mut().filter(|under_way| !under_way.is_over()) else { return Vec::new() };
        // Nothing is measured before the device is open, so the CPU can simply be asked instead.
        if matches!(event, TrainEvent::Failed(TrainError::NoWebGpu { .. })) {
            return vec![TrainerEffect::Start(TrainerKind::Cpu)];
        }
        effects(under_way.apply(event))
    }

    fn broken(&mut self, failure: WorkerFailure) -> Vec<TrainerEffect> {
        let Some(under_way) = self.as_mut().filter(|under_way| !under_way.is_over()) else { return Vec::new() };
        effects(under_way.fail(&failure.into()))
    }
}

fn effects(next: StudyNext) -> Vec<TrainerEffect> {
    match next {
        StudyNext::Wait => Vec::new(),
        StudyNext::Post(command) => vec![TrainerEffect::Post(command)],
        StudyNext::Stop => vec![TrainerEffect::Stop],
    }
}

/// A measurement of three steps, and what came of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measurement {
    /// What is under way.
    pub probe: Option<Probe>,
    /// The trainer it uses.
    pub trainer: Option<TrainerKind>,
    /// What was measured, or a sentence why nothing was.
    pub outcome: Option<Result<Measured, String>>,
}

impl TrainerSession for Measurement {
    fn apply(&mut self, event: TrainEvent) -> Vec<TrainerEffect> {
        let Some(probe) = &mut self.probe else { return Vec::new() };
        if matches!(event, TrainEvent::Failed(TrainError::NoWebGpu { .. })) {
            self.trainer = Some(TrainerKind::Cpu);
            return vec![TrainerEffect::Start(TrainerKind::Cpu)];
        }
        match probe.apply(event) {
            ProbeNext::Wait => Vec::new(),
            ProbeNext::Post(command) => vec![TrainerEffect::Post(command)],
            ProbeNext::Measured(measured) => self.end(Ok(measured)),
            ProbeNext::Failed(reason) => self.end(Err(tr!("It could not be measured: {reason}.", reason))),
        }
    }

    fn broken(&mut self, failure: WorkerFailure) -> Vec<TrainerEffect> {
        if self.probe.is_none() {
            return Vec::new();
        }
        let reason = TrainError::from(failure);
        self.end(Err(tr!("It could not be measured: {reason}.", reason)))
    }
}

impl Measurement {
    /// Begins to measure.
    pub fn begin(&mut self, probe: Probe, trainer: TrainerKind) -> Vec<TrainerEffect> {
        *self = Self { probe: Some(probe), trainer: Some(trainer), outcome: None };
        vec![TrainerEffect::Start(trainer)]
    }

    /// Ends it without a result: Play wants the device for itself.
    pub fn cancel(&mut self) -> Vec<TrainerEffect> {
        self.probe.take().map(|_| TrainerEffect::Stop).into_iter().collect()
    }

    fn end(&mut self, outcome: Result<Measured, String>) -> Vec<TrainerEffect> {
        self.probe = None;
        self.outcome = Some(outcome);
        vec![TrainerEffect::Stop]
    }
}
