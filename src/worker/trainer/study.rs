//! Trains the networks of an experiment one after another and tells how far it is.

use burn::tensor::Device;

use super::images::{RunImages, WaitFor};
use super::run::{MOST_UNREAD_STEPS, READ_EVERY_MS};
use super::{Host, images, lesions};
use crate::dataset::augmentation::ImageStatistics;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::experiment::{RunRequest, TrainError};
use crate::language::{text, tr};
use crate::protocol::{Phase, TrainEvent};
use crate::spec::{NetworkChoices, ResNetSpec, TrainingMemory};
use crate::studies::{Measured, Pace, Plan, Question, Study, conditions};
use crate::training::{DeviceImages, Trainer, TrainerSettings};

/// Steps before those whose time is taken: they compile a GPU's kernels.
const WARM_UP_STEPS: usize = 2;
/// Steps whose time is taken. The fastest counts: the others were held up by something else on the machine.
const TIMED_STEPS: usize = 4;

/// Each network starts from the seed's first weights, as its own run would; one whose loss stops being a number is left
/// there, and the others go on.
///
/// # Errors
/// When the images cannot be loaded, a network cannot be built or the device was lost.
pub(super) async fn run<H: Host>(host: &H, device: &Device, question: Question, request: &RunRequest) -> Result<(), TrainError> {
    let page_steps = request.hyperparameters.total_steps();
    let (request, changed) = conditions(question, request);
    let base = request.check()?;
    let statistics = ImageStatistics::of_data_set(&request.dataset);
    let (training, held_out) = if question.trains() {
        let RunImages { first, .. } = images::load(host, &request, WaitFor::All).await?;
        (first.learnt, Some(DeviceImages::upload(&first.held_out, statistics, device)))
    } else {
        (images::load_training(host, &request).await?, None)
    };
    let training = DeviceImages::upload(&training, statistics, device);
    let laboratory = Laboratory { host, training, held_out, hyperparameters: request.hyperparameters };
    let pace = if question.trains() { Some(laboratory.pace(&base).await?) } else { None };
    let mut plan = Plan::new(question, &request, page_steps, pace).map_err(|error| refused(&error))?;
    plan.overrides += &changed;
    let specs: Vec<ResNetSpec> = plan.candidates.iter().map(|candidate| candidate.spec.clone()).collect();
    let mut study = Study::new(plan);
    let started_ms = host.now_ms();
    for (place, spec) in specs.into_iter().enumerate() {
        laboratory.examine(place, spec, &mut study, started_ms).await?;
    }
    host.send(&TrainEvent::Experiment(Box::new(study.end())));
    host.send(&TrainEvent::Phase(Phase::Finished));
    Ok(())
}

fn refused(error: &dyn std::fmt::Display) -> TrainError {
    TrainError::Settings { reason: error.to_string() }
}

/// What all networks of an experiment share.
struct Laboratory<'a, H> {
    host: &'a H,
    training: DeviceImages,
    /// None where nothing is trained.
    held_out: Option<DeviceImages>,
    hyperparameters: Hyperparameters,
}

impl<H: Host> Laboratory<'_, H> {
    fn trainer(&self, spec: ResNetSpec, look_every: usize) -> Result<Trainer, TrainError> {
        let recompute = TrainingMemory::of(&spec).recomputes(self.hyperparameters.largest_batch());
        let settings = TrainerSettings { spec, hyperparameters: self.hyperparameters, dropout: true, look_every, recompute };
        // Without any the training images stand in; no pass is made over them.
        let held_out = self.held_out.clone().unwrap_or_else(|| self.training.clone());
        Trainer::new(settings, self.training.clone(), held_out)
    }

    /// Takes the time of a few steps of the shallowest network of its kind. A batch with fewer images counts as what a whole one
    /// would have taken.
    async fn pace(&self, base: &ResNetSpec) -> Result<Pace, TrainError> {
        self.host.send(&TrainEvent::Phase(Phase::FirstStep));
        self.host.yield_now().await;
        let choices = base.choices().clone();
        let shallow = NetworkChoices { depth: base.depth().rule().shallowest(), switched_blocks: Vec::new(), ..choices };
        let spec = ResNetSpec::new(shallow).map_err(|error| refused(&error))?;
        let mut trainer = self.trainer(spec.clone(), 0)?;
        let mut fastest_ms = f64::INFINITY;
        for step in 0..WARM_UP_STEPS + TIMED_STEPS {
            let started_ms = self.host.now_ms();
            trainer.step();
            trainer.read().await?;
            if step >= WARM_UP_STEPS {
                let share = self.hyperparameters.images_in_step(step) as f64 / self.hyperparameters.largest_batch().max(1) as f64;
                fastest_ms = fastest_ms.min((self.host.now_ms() - started_ms) / share);
            }
            self.host.yield_now().await;
        }
        Ok(Pace::new(&spec, fastest_ms))
    }

    async fn examine(&self, place: usize, spec: ResNetSpec, study: &mut Study, started_ms: f64) -> Result<(), TrainError> {
        let tell = |study: &Study, busy: &str| {
            self.host.send(&TrainEvent::Experiment(Box::new(study.report(busy, self.host.now_ms() - started_ms))));
        };
        let mut measured = Measured::default();
        study.note(place, measured.clone());
        tell(study, &study.step_words());
        self.host.yield_now().await;
        let steps = study.plan.steps;
        // The first and the last step.
        let mut trainer = self.trainer(spec, (steps - 1).max(1))?;
        let mut read_at_ms = self.host.now_ms();
        for step in 1..=steps {
            trainer.step();
            let due = trainer.unread_steps() >= MOST_UNREAD_STEPS || self.host.now_ms() - read_at_ms >= READ_EVERY_MS;
            if due || step == 1 || step == steps {
                measured.steps.extend(trainer.read().await?);
                measured.looks.extend(trainer.read_looks().await?);
                read_at_ms = self.host.now_ms();
                study.note(place, measured.clone());
                tell(study, &study.step_words());
                if measured.diverged_at().is_some() {
                    return Ok(());
                }
            }
            self.host.yield_now().await;
        }
        if self.held_out.is_none() {
            return Ok(());
        }
        tell(study, text!("measuring held-out images"));
        measured.held_out = Some(lesions::pass(self.host, trainer.evaluation()).await?);
        if study.plan.question == Question::Lesions {
            let mut say =
                |done: usize, total: usize| tell(study, &tr!("leaving out and swapping blocks, {done} of {total} done", done, total));
            measured.lesions = lesions::measure(self.host, &trainer, &mut say).await?;
        }
        study.note(place, measured);
        Ok(())
    }
}
