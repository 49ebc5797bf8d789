//! What a trainer can be used for: a run, a measurement of three steps, a one-click experiment.

use crate::experiment::{RunRequest, TrainError, WorkerFailure};
use crate::language::tr;
use crate::protocol::TrainEvent;
use crate::run::{Arrival, Effect, Measured, Probe, ProbeNext, RunState, TrainerKind, WhiteningNews};
use crate::run::{Next, UnderWay};

/// Folds what a trainer says into a state, and answers with what to do next. [`super::TrainerDriver`] does it.
pub trait TrainerSession: Send + Sync + 'static {
    /// Whether it asks for [`Effect::MeasureWhitening`]; such a measurement ends with its trainer.
    const MEASURES_WHITENING: bool = false;

    /// Folds one event in.
    fn apply(&mut self, event: TrainEvent) -> Vec<Effect>;

    /// So much of the trainer's program has arrived.
    fn arriving(&mut self, _arrival: Arrival) {}

    /// Whether a file that the trainer wrote goes into the state, rather than to the visitor.
    fn takes_file(&self, _name: &str) -> bool {
        false
    }

    /// The trainer broke or fell silent without a word of its own.
    fn broken(&mut self, failure: WorkerFailure) -> Vec<Effect>;

    /// News of the measurement that [`Effect::MeasureWhitening`] asked for.
    fn whitening_told(&mut self, _request: &RunRequest, _news: WhiteningNews) -> Vec<Effect> {
        Vec::new()
    }
}

impl TrainerSession for RunState {
    const MEASURES_WHITENING: bool = true;

    fn apply(&mut self, event: TrainEvent) -> Vec<Effect> {
        Self::apply(self, event)
    }

    fn arriving(&mut self, arrival: Arrival) {
        Self::arriving(self, arrival);
    }

    fn takes_file(&self, name: &str) -> bool {
        Self::takes_file(self, name)
    }

    fn broken(&mut self, failure: WorkerFailure) -> Vec<Effect> {
        Self::broken(self, failure)
    }

    fn whitening_told(&mut self, request: &RunRequest, news: WhiteningNews) -> Vec<Effect> {
        Self::whitening_told(self, request, news)
    }
}

impl TrainerSession for Option<UnderWay> {
    fn apply(&mut self, event: TrainEvent) -> Vec<Effect> {
        let Some(under_way) = self.as_mut().filter(|under_way| !under_way.is_over()) else { return Vec::new() };
        // Nothing is measured before the device is open, so the CPU can simply be asked instead.
        if matches!(event, TrainEvent::Failed(TrainError::NoWebGpu { .. })) {
            return vec![Effect::Start(TrainerKind::Cpu)];
        }
        effects(under_way.apply(event))
    }

    fn broken(&mut self, failure: WorkerFailure) -> Vec<Effect> {
        let Some(under_way) = self.as_mut().filter(|under_way| !under_way.is_over()) else { return Vec::new() };
        effects(under_way.fail(&failure.into()))
    }
}

fn effects(next: Next) -> Vec<Effect> {
    match next {
        Next::Wait => Vec::new(),
        Next::Post(command) => vec![Effect::Post(command)],
        Next::Stop => vec![Effect::Stop],
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
    fn apply(&mut self, event: TrainEvent) -> Vec<Effect> {
        let Some(probe) = &mut self.probe else { return Vec::new() };
        if matches!(event, TrainEvent::Failed(TrainError::NoWebGpu { .. })) {
            self.trainer = Some(TrainerKind::Cpu);
            return vec![Effect::Start(TrainerKind::Cpu)];
        }
        match probe.apply(event) {
            ProbeNext::Wait => Vec::new(),
            ProbeNext::Post(command) => vec![Effect::Post(command)],
            ProbeNext::Measured(measured) => self.end(Ok(measured)),
            ProbeNext::Failed(reason) => self.end(Err(tr!("It could not be measured: {reason}.", reason))),
        }
    }

    fn broken(&mut self, failure: WorkerFailure) -> Vec<Effect> {
        if self.probe.is_none() {
            return Vec::new();
        }
        let reason = TrainError::from(failure);
        self.end(Err(tr!("It could not be measured: {reason}.", reason)))
    }
}

impl Measurement {
    /// Begins to measure.
    pub fn begin(&mut self, probe: Probe, trainer: TrainerKind) -> Vec<Effect> {
        *self = Self { probe: Some(probe), trainer: Some(trainer), outcome: None };
        vec![Effect::Start(trainer)]
    }

    /// Ends it without a result: Play wants the device for itself.
    pub fn cancel(&mut self) -> Vec<Effect> {
        self.probe.take().map(|_| Effect::Stop).into_iter().collect()
    }

    fn end(&mut self, outcome: Result<Measured, String>) -> Vec<Effect> {
        self.probe = None;
        self.outcome = Some(outcome);
        vec![Effect::Stop]
    }
}
