//! When a run's steps are recorded, and when they are made anew.

use burn::tensor::{Device, Tensor};
use replace_with::replace_with_or_abort_and_return;

use super::recorded_step::RecordedStep;
use super::step::{StepInputs, watched_step};
use super::{Optimizer, StepSettings};
use crate::insight::measuring::{Look, UnreadLook};
use crate::model::ResNet;
use crate::spec::{ResNetSpec, TrainingMemory};

/// A recorded step keeps its memory as long as it is kept, and other steps need as much besides: of larger ones that is too much to give
/// for the processor's time, which is a smaller share of theirs.
const MOST_RECORDED_BYTES: u64 = 256 << 20;

/// Followers in its epoch that a step must have to be worth recording: the epoch's end ends the recording, and recording takes as long
/// as some steps.
const FEWEST_FOLLOWERS: usize = 5;

/// A device that refused so often in a row is not asked again.
const MOST_REFUSALS: usize = 3;

/// Decides for each step of a run whether it is made, recorded or replayed.
#[derive(Debug, Default)]
pub(super) struct Recording {
    state: State,
    refusals: usize,
    replayed: usize,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Nothing,
    /// The last step was made while spare buffers were held, so the device's pool now has enough to record without allocating.
    Rehearsed(Box<Spare>),
    Recorded(Box<RecordedStep>),
}

/// What recording needs beside what a step needs.
#[derive(Debug)]
struct Spare {
    inputs: StepInputs,
    _weights: (ResNet, Optimizer),
    /// What the rehearsal gives is not read yet when the next step is recorded.
    _numbers: Tensor<1>,
}

/// A run that makes steps.
pub(super) struct Running<'a> {
    pub model: &'a mut ResNet,
    pub optimizer: &'a mut Optimizer,
    pub device: &'a Device,
}

#[cfg(feature = "webgpu")]
fn is_gpu(device: &Device) -> bool {
    matches!(device.as_dispatch(), burn::backend::DispatchDevice::Cube(_))
}

#[cfg(not(feature = "webgpu"))]
fn is_gpu(_device: &Device) -> bool {
    false
}

impl Recording {
    /// For a run with batches of `batch` images.
    pub fn of(device: &Device, spec: &ResNetSpec, batch: usize) -> Self {
        let pays = is_gpu(device) && TrainingMemory::of(spec).bytes(batch) <= MOST_RECORDED_BYTES;
        if pays { Self::default() } else { Self::off() }
    }

    /// For a run whose steps are all made anew.
    pub fn off() -> Self {
        Self { refusals: MOST_REFUSALS, ..Self::default() }
    }

    /// Steps that were replayed.
    pub fn replayed(&self) -> usize {
        self.replayed
    }

    /// Drops the recorded step: weights or settings are about to change under it.
    pub fn forget(&mut self) {
        self.state = State::Nothing;
    }

    /// Queues a step that is not like the others, or is looked into; gives its numbers, `[2]`, and what was seen.
    pub fn make_unrecorded(
        &mut self,
        mut running: Running<'_>,
        inputs: StepInputs,
        settings: StepSettings,
        look: Option<Look<'_>>,
    ) -> (Tensor<1>, Option<UnreadLook>) {
        match &mut self.state {
            State::Recorded(recorded) => recorded.weights_may_move(),
            // What this step leaves to be read was not there at the rehearsal.
            State::Rehearsed(_) | State::Nothing => self.state = State::Nothing,
        }
        running.make_step(inputs, settings, look)
    }

    /// Queues a step like the others, which so many of its epoch follow; gives its numbers, `[2]`.
    pub fn step(&mut self, mut running: Running<'_>, inputs: StepInputs, settings: StepSettings, followers: usize) -> Tensor<1> {
        if self.refusals == MOST_REFUSALS {
            return running.make_step(inputs, settings, None).0;
        }
        let recorded = match std::mem::take(&mut self.state) {
            State::Recorded(recorded) if recorded.fits(&inputs) => Some(*recorded),
            State::Rehearsed(spare) if spare.inputs.is_like(&inputs) => {
                let recorded = running.record(*spare, settings);
                self.refusals = if recorded.is_some() { 0 } else { self.refusals + 1 };
                recorded
            }
            _ => None,
        };
        if let Some((recorded, numbers)) = recorded.and_then(|recorded| recorded.replay(&inputs)) {
            self.state = State::Recorded(Box::new(recorded));
            self.replayed += 1;
            return numbers;
        }
        if followers < FEWEST_FOLLOWERS {
            return running.make_step(inputs, settings, None).0;
        }
        let spare = Spare {
            inputs: inputs.duplicate(),
            _weights: (running.model.duplicate(), running.optimizer.duplicate()),
            _numbers: Tensor::zeros([2], running.device),
        };
        // The recorded step has these inputs beside its own from its beginning to its end, so this one does too.
        let (numbers, _) = running.make_step(inputs.clone(), settings, None);
        drop(inputs);
        self.state = State::Rehearsed(Box::new(spare));
        numbers
    }
}

impl Running<'_> {
    fn make_step(&mut self, inputs: StepInputs, settings: StepSettings, look: Option<Look<'_>>) -> (Tensor<1>, Option<UnreadLook>) {
        // The step owns the weights: what nothing else holds moves in its place.
        replace_with_or_abort_and_return(self.model, |model| {
            let (model, numbers, seen) = watched_step(model, self.optimizer, inputs, settings, look);
            ((numbers, seen), model)
        })
    }

    fn record(&mut self, spare: Spare, settings: StepSettings) -> Option<RecordedStep> {
        // All but the inputs is freed for what follows.
        let inputs = { spare }.inputs;
        // What a failed recording would have moved cannot be read.
        let (model, optimizer) = (self.model.duplicate(), self.optimizer.duplicate());
        let recorded = RecordedStep::record(self.device, inputs, |inputs| self.make_step(inputs, settings, None).0);
        if recorded.is_none() {
            (*self.model, *self.optimizer) = (model, optimizer);
        }
        recorded
    }
}
