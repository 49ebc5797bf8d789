//! A few steps that are trained and thrown away, to say before Play how long a run takes on this device.

use crate::dataset::augmentation::InputNormalisation;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::experiment::{RunRequest, WorkerFailure};
use crate::protocol::{PROTOCOL_VERSION, Phase, TrainCommand, TrainEvent};
use crate::spec::ResNetSpec;

/// The first step compiles kernels and looks inside the network, the second still compiles; the third is like all others.
const STEPS: usize = 3;

/// A measurement that was begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    request: RunRequest,
    /// Time in training steps after each of them.
    trained_ms: Vec<f64>,
    memory_bytes: u64,
}

/// What training takes on this device.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Multiply-adds of the forward pass that go through training steps in a second.
    pub multiply_adds_per_second: f64,
    /// What the trainer held of the device's memory; 0 where that is not known.
    pub memory_bytes: u64,
}

/// What the owner of the trainer has to do after an event.
#[derive(Debug, Clone, PartialEq)]
pub enum ProbeNext {
    /// Nothing.
    Wait,
    /// Post this to it.
    Post(TrainCommand),
    /// End it: this came out.
    Measured(Measured),
    /// End it: this went wrong.
    Failed(String),
}

impl Probe {
    /// Of the network and batch of `request`, on no more of its images than that takes.
    pub fn new(mut request: RunRequest) -> Self {
        let Hyperparameters { batch_size, .. } = request.hyperparameters;
        // Whole batches alone, or all the images where they do not fill one: every step is like all others.
        let whole_batches = (request.hyperparameters.trained_images() / batch_size.max(1)).clamp(1, STEPS);
        let largest_batch = request.hyperparameters.largest_batch();
        request.hyperparameters.training_images = largest_batch.saturating_mul(whole_batches);
        (request.hyperparameters.held_out_images, request.hyperparameters.epochs) = (1, STEPS);
        request.hyperparameters.monitoring.validation_images = 0;
        request.hyperparameters.monitoring.stopping_patience = 0;
        request.hyperparameters.schedule.plateau_patience = 0;
        // To measure the matrix takes longer than what is measured here, and to use it hardly any time.
        request.hyperparameters.normalisation = InputNormalisation::default();
        Self { request, trained_ms: Vec::new(), memory_bytes: 0 }
    }

    /// Folds an event in.
    pub fn apply(&mut self, event: TrainEvent) -> ProbeNext {
        match event {
            TrainEvent::Ready { protocol_version, .. } if protocol_version != PROTOCOL_VERSION => {
                ProbeNext::Failed(WorkerFailure::OtherBuild.to_string())
            }
            TrainEvent::Ready { .. } => ProbeNext::Post(TrainCommand::Prepare(Box::new(self.request.clone()))),
            TrainEvent::Steps { training_ms, memory_bytes, .. } => {
                self.trained_ms.push(training_ms);
                self.memory_bytes = memory_bytes;
                ProbeNext::Wait
            }
            TrainEvent::Phase(Phase::Paused | Phase::Finished) => {
                let measured =
                    |multiply_adds_per_second| ProbeNext::Measured(Measured { multiply_adds_per_second, memory_bytes: self.memory_bytes });
                self.speed().map_or(ProbeNext::Post(TrainCommand::Step), measured)
            }
            TrainEvent::Failed(error) => ProbeNext::Failed(error.to_string()),
            _ => ProbeNext::Wait,
        }
    }

    fn speed(&self) -> Option<f64> {
        let [.., before, after] = self.trained_ms[..] else { return None };
        let spec = ResNetSpec::new(self.request.network.clone()).ok()?;
        let work = spec.cost().multiply_adds_per_image as f64 * self.request.hyperparameters.largest_batch() as f64;
        // A clock that a browser made coarse may not have moved.
        (self.trained_ms.len() >= STEPS).then(|| work / (after - before).max(0.1) * 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Experiment;
    use crate::experiment::TrainError;
    use crate::run::expected_training_ms;
    use crate::run::tests::plan_of;

    fn begun() -> (Probe, Experiment) {
        let experiment = Experiment::default();
        (Probe::new(plan_of(experiment.clone()).request), experiment)
    }

    fn ready(protocol_version: u32) -> TrainEvent {
        TrainEvent::Ready { protocol_version, device: "CPU".into() }
    }

    #[test]
    fn the_third_step_tells_how_long_the_run_takes() {
        let (mut probe, experiment) = begun();
        let ProbeNext::Post(TrainCommand::Prepare(request)) = probe.apply(ready(PROTOCOL_VERSION)) else { panic!("prepared first") };
        assert!(request.hyperparameters.check().is_ok() && request.hyperparameters.total_steps() >= STEPS, "it can be trained");
        assert_eq!(request.hyperparameters.training_images, 96, "three batches of 32 images are all it loads");
        for training_ms in [900.0, 1100.0, 1200.0] {
            assert_eq!(probe.apply(TrainEvent::Phase(Phase::Paused)), ProbeNext::Post(TrainCommand::Step));
            assert_eq!(probe.apply(TrainEvent::Steps { steps: Vec::new(), training_ms, memory_bytes: 77 }), ProbeNext::Wait);
        }
        let ProbeNext::Measured(measured) = probe.apply(TrainEvent::Phase(Phase::Finished)) else { panic!("measured") };
        let spec = ResNetSpec::new(experiment.network.clone()).unwrap();
        let expected = expected_training_ms(&spec, &experiment.hyperparameters, measured.multiply_adds_per_second);
        assert!((expected - 100.0 * 10_000.0 / 32.0).abs() < 1e-6, "the third took 100 ms, for 32 of ten times 1,000 images");
        assert_eq!(measured.memory_bytes, 77);
    }

    #[test]
    fn no_step_that_is_measured_has_fewer_images_than_the_others() {
        for (training_images, measured) in [(97, 96), (70, 64), (33, 32), (32, 32), (20, 20)] {
            let mut experiment = Experiment::default();
            experiment.hyperparameters.training_images = training_images;
            let (probe, batch) = (Probe::new(plan_of(experiment).request), training_images.min(32));
            let all = probe.request.hyperparameters;
            assert_eq!((all.training_images, all.check()), (measured, Ok(())), "of {training_images} images");
            assert!((0..STEPS).all(|step| all.images_in_step(step) == batch), "of {training_images} images");
        }
    }

    #[test]
    fn what_goes_wrong_is_said() {
        let (mut probe, _) = begun();
        assert!(matches!(probe.apply(ready(PROTOCOL_VERSION + 1)), ProbeNext::Failed(reason) if reason.contains("reload")));
        let lost = TrainEvent::Failed(TrainError::DeviceLost { reason: "gone".into() });
        assert!(matches!(probe.apply(lost), ProbeNext::Failed(reason) if reason.contains("gone")));
    }

    #[test]
    fn settings_that_wait_for_validation_are_measured_too() {
        let mut experiment = Experiment::default();
        experiment.hyperparameters.monitoring.validation_images = 100;
        experiment.hyperparameters.monitoring.stopping_patience = 3;
        assert!(Probe::new(plan_of(experiment).request).request.hyperparameters.check().is_ok(), "without it");
    }
}
