//! One run: weights, optimizer, images and the place in the epochs.

use std::cell::RefCell;

use burn::module::Module;
use burn::tensor::{Device, Tensor};

use super::readback::read_numbers;
use super::recording::{Recording, Running};
use super::step::StepInputs;
use super::training_images::{BatchPlace, Order};
use super::{Batch, DeviceImages, MeasuredImages, Optimizer, Start, StepSettings, TrainingImages, UpdateSettings, WeightAverage};
use crate::dataset::split::Part;
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::experiment::TrainError;
use crate::experiment::callbacks::{Callbacks, EpochOutcome};
use crate::experiment::hyperparameters::Hyperparameters;
use crate::experiment::weight_init::Frozen;
use crate::insight::layer_stats::NetworkLook;
use crate::insight::measuring::{Look, UnreadLook};
use crate::language::{text, tr};
use crate::model::{DropoutMasks, ResNet};
use crate::spec::ResNetSpec;

/// What a [`Trainer`] is made from.
#[derive(Debug, Clone)]
pub struct TrainerSettings {
    /// The network.
    pub spec: ResNetSpec,
    /// How to train it; `training_images`, `validation_images` and `held_out_images` are taken from the images themselves.
    pub hyperparameters: Hyperparameters,
    /// Off only where numbers are compared with a reference that has none.
    pub dropout: bool,
    /// Steps from one look inside the network to the next, the first step among them; 0 for none.
    pub look_every: usize,
    /// Whether outputs of batch norms and activations are computed again in the backward pass instead of kept: less memory, more
    /// work, the same numbers.
    pub recompute: bool,
}

/// A run on one device.
#[derive(Debug)]
pub struct Trainer {
    settings: TrainerSettings,
    device: Device,
    model: ResNet,
    optimizer: Optimizer,
    training: TrainingImages,
    held_out: MeasuredImages,
    order: Option<Order>,
    callbacks: Callbacks,
    /// The weights with the lowest validation loss so far, off the autodiff device.
    best: Option<ResNet>,
    average: Option<WeightAverage>,
    frozen: Frozen,
    steps_done: usize,
    /// `[2]` each: loss and accuracy of steps not read back yet, oldest first.
    unread: Vec<Tensor<1>>,
    /// Layers whose kernels are looked at.
    kernel_layers: Vec<String>,
    /// Looks inside the network not read back yet, oldest first.
    unread_looks: Vec<UnreadLook>,
    /// Whether the next step is looked at whatever its number.
    looks_next: bool,
    /// In a cell, since it ends where the weights are given to somebody.
    recording: RefCell<Recording>,
}

impl Trainer {
    /// Draws the first weights from the seed.
    ///
    /// # Errors
    /// When the settings cannot train on these images.
    pub fn new(
        settings: TrainerSettings,
        training: impl Into<TrainingImages>,
        held_out: impl Into<MeasuredImages>,
    ) -> Result<Self, TrainError> {
        Self::starting_from(&Start::default(), settings, training, held_out)
    }

    /// Starts from given weights, or goes on with a run that was saved.
    ///
    /// # Errors
    /// As [`Trainer::new`].
    pub fn starting_from(
        start: &Start,
        mut settings: TrainerSettings,
        training: impl Into<TrainingImages>,
        held_out: impl Into<MeasuredImages>,
    ) -> Result<Self, TrainError> {
        let (training, held_out) = (training.into(), held_out.into());
        let wrong = |error: &dyn std::fmt::Display| TrainError::Settings { reason: error.to_string() };
        let validation_images = training.validation_images();
        settings.hyperparameters.monitoring.validation_images = validation_images;
        settings.hyperparameters.training_images = training.len() + validation_images;
        settings.hyperparameters.held_out_images = held_out.len();
        settings.hyperparameters.check().map_err(|error| wrong(&error))?;
        let device = training.device();
        let training = training.sized_for(&settings.spec).map_err(|error| wrong(&error))?;
        let held_out = held_out.sized_for(&settings.spec).map_err(|error| wrong(&error))?;
        let mut weights = start.source(settings.hyperparameters.seed);
        let autodiff = device.clone().autodiff();
        let autodiff = if settings.recompute { autodiff.gradient_checkpointing() } else { autodiff };
        let model = ResNet::with_frozen(&settings.spec, &autodiff, &mut weights, start.frozen).map_err(|error| wrong(&error))?;
        drop(weights);
        let optimizer = start.optimizer(settings.hyperparameters.optimizer, &device);
        let best = start.best(&settings.spec, &device).map_err(|error| wrong(&error))?;
        let mut average = start.average(&settings.spec, &device).map_err(|error| wrong(&error))?;
        if settings.hyperparameters.monitoring.average_decay > 0.0 {
            average.get_or_insert_with(|| WeightAverage::new(&model));
        }
        let recording = RefCell::new(Recording::of(&device, &settings.spec, settings.hyperparameters.largest_batch()));
        Ok(Self {
            kernel_layers: settings.spec.kernel_layers(),
            settings,
            device,
            model,
            optimizer,
            training,
            held_out,
            order: None,
            callbacks: start.callbacks.clone(),
            best,
            average,
            frozen: start.frozen,
            steps_done: start.steps_done,
            unread: Vec::new(),
            unread_looks: Vec::new(),
            looks_next: false,
            recording,
        })
    }

    /// The network's description.
    pub fn spec(&self) -> &ResNetSpec {
        &self.settings.spec
    }

    /// Layers that stay as they are.
    pub fn frozen(&self) -> Frozen {
        self.frozen
    }

    /// What it computes on, off autodiff.
    pub fn device(&self) -> &Device {
        &self.device
    }

    pub(super) fn settings(&self) -> &TrainerSettings {
        &self.settings
    }

    /// Images that are learnt from and validated with.
    pub(super) fn training_images(&self) -> &TrainingImages {
        &self.training
    }

    pub(super) fn optimizer(&self) -> &Optimizer {
        &self.optimizer
    }

    /// What the run remembers from epoch to epoch.
    pub fn callbacks(&self) -> &Callbacks {
        &self.callbacks
    }

    /// The weights with the lowest validation loss so far, off the autodiff device.
    pub fn best(&self) -> Option<&ResNet> {
        self.best.as_ref()
    }

    /// The moving average of the weights, where the settings ask for one.
    pub fn average(&self) -> Option<&WeightAverage> {
        self.average.as_ref()
    }

    /// How the run trains, with the images it has.
    pub fn hyperparameters(&self) -> &Hyperparameters {
        &self.settings.hyperparameters
    }

    /// Goes on from the next step with other settings: all but those that decide which images are learnt from in which order.
    ///
    /// # Errors
    /// Names the setting that cannot change on the way or cannot be trained; then nothing changes.
    pub fn retune(&mut self, asked: &Hyperparameters) -> Result<(), TrainError> {
        let refused = |reason: String| Err(TrainError::Settings { reason });
        let own = &mut self.settings.hyperparameters;
        if let Some((setting, own, asked)) = own.fixed_difference(asked) {
            return refused(tr!("this run has {setting} {own}: {asked} needs a new run", setting, own, asked));
        }
        if !own.normalises_like(asked) {
            return refused(text!("images are normalised once, before the first step: another normalisation needs a new run").into());
        }
        if let Err(error) = asked.check() {
            return refused(error.to_string());
        }
        if !self.training.set_augmentation(asked.augmentation) {
            return refused(text!("this run uploaded its images as they are: changing them needs a new run").into());
        }
        self.recording.get_mut().forget();
        *own = Hyperparameters { held_out_images: own.held_out_images, ..*asked };
        self.optimizer.set_choice(asked.optimizer);
        if asked.monitoring.average_decay > 0.0 {
            self.average.get_or_insert_with(|| WeightAverage::new(&self.model));
        } else {
            self.average = None;
        }
        Ok(())
    }

    /// Steps queued so far.
    pub fn steps_done(&self) -> usize {
        self.steps_done
    }

    /// How many of them were replayed from a recorded step; 0 on the CPU.
    pub fn steps_replayed(&self) -> usize {
        self.recording.borrow().replayed()
    }

    /// Makes every step anew from now on, as for comparing those with replayed ones.
    pub fn record_nothing(&mut self) {
        *self.recording.get_mut() = Recording::off();
    }

    /// Whether the last step of the last epoch is queued, or the validation loss has ended the run.
    pub fn is_finished(&self) -> bool {
        self.steps_done >= self.settings.hyperparameters.total_steps() || self.callbacks.stopping.has_stopped()
    }

    /// Whether the last queued step was the last of its epoch.
    pub fn at_epoch_end(&self) -> bool {
        self.steps_done > 0 && self.steps_done.is_multiple_of(self.settings.hyperparameters.steps_per_epoch())
    }

    /// Whether the steps of an epoch are done and read, and its end has not been made: a run can be saved and go on there.
    pub fn owes_epoch_end(&self) -> bool {
        self.at_epoch_end() && !self.callbacks.means.is_empty()
    }

    /// Steps queued but not read back.
    pub fn unread_steps(&self) -> usize {
        self.unread.len()
    }

    /// The network as it is now. Ends the recorded step of a GPU, which would move the weights of a clone too, and keeps memory that a
    /// pass over images needs.
    pub fn model(&self) -> &ResNet {
        self.recording.borrow_mut().forget();
        &self.model
    }

    /// As [`Trainer::model`], for callers that keep no clone beyond the next step.
    pub(super) fn model_before_next_step(&self) -> &ResNet {
        &self.model
    }

    /// Looks inside the network at the next step, whatever its number.
    pub fn look_at_next_step(&mut self) {
        self.looks_next = true;
    }

    /// Takes images that were still to come.
    pub fn images_arrive(&mut self, part: &Part) {
        self.training.arrive(&part.learnt, &part.validation);
        self.held_out.arrive(&part.held_out);
    }

    /// Whether no image is still to come.
    pub fn has_all_images(&self) -> bool {
        self.training.is_complete() && self.held_out.is_complete()
    }

    /// Whether all images of the next step are there, and of what follows it: the passes after an epoch.
    pub fn has_next_batch(&mut self) -> bool {
        let hyperparameters = &self.settings.hyperparameters;
        let ends_epoch = (self.steps_done + 1).is_multiple_of(hyperparameters.steps_per_epoch());
        let place = BatchPlace::of_step(hyperparameters, self.steps_done);
        self.has_all_images() || !ends_epoch && self.training.has(place, &mut self.order)
    }

    /// Queues one training step, whose images are there; its numbers wait for [`Trainer::read`].
    pub fn step(&mut self) {
        let TrainerSettings { spec, hyperparameters, dropout, recompute, .. } = &self.settings;
        let place = BatchPlace::of_step(hyperparameters, self.steps_done);
        // A GPU's pool keeps the buffers of both sizes of batch: where memory is what counts, those of one at a time.
        let needs_room = *recompute && place.size() < hyperparameters.largest_batch();
        let masks = dropout.then(|| DropoutMasks::draw(spec, place.size(), hyperparameters.seed, self.steps_done, &self.device));
        if needs_room {
            self.device.memory_cleanup();
        }
        let (images, labels) = self.training.batch(place, &mut self.order);
        self.step_on(Batch { images, labels }, masks.as_ref());
        if needs_room {
            self.device.memory_cleanup();
        }
        if self.training.are_augmented() && !self.is_finished() {
            let next = BatchPlace::of_step(&self.settings.hyperparameters, self.steps_done);
            self.training.prepare(next, &mut self.order);
        }
    }

    /// Queues one training step on a given batch.
    pub fn step_on(&mut self, batch: Batch, masks: Option<&DropoutMasks>) {
        let hyperparameters = &self.settings.hyperparameters;
        let learning_rate = self.callbacks.learning_rate_at(hyperparameters, self.steps_done);
        let update = UpdateSettings { learning_rate, l2: hyperparameters.l2 };
        let settings = StepSettings { update, label_smoothing: hyperparameters.label_smoothing };
        let average_decay = hyperparameters.monitoring.average_decay;
        let every = self.settings.look_every;
        let looks = std::mem::take(&mut self.looks_next) || every > 0 && self.steps_done.is_multiple_of(every);
        let activation = self.settings.spec.choices().activation;
        let step_size = self.optimizer.count_step(learning_rate, &self.device);
        let inputs = StepInputs { batch, masks: masks.cloned(), step_size };
        let repeats = !looks && self.repeats_itself(&inputs);
        let running = Running { model: &mut self.model, optimizer: &mut self.optimizer, device: &self.device };
        let (numbers, seen) = if repeats {
            let followers = hyperparameters.steps_per_epoch() - 1 - self.steps_done % hyperparameters.steps_per_epoch();
            (self.recording.get_mut().step(running, inputs, settings, followers), None)
        } else {
            let look = looks.then(|| Look::new(self.steps_done, &self.kernel_layers, activation));
            self.recording.get_mut().make_unrecorded(running, inputs, settings, look)
        };
        if let Some(average) = &mut self.average {
            average.follow(&self.model, average_decay);
        }
        self.unread.push(numbers);
        self.unread_looks.extend(seen);
        self.steps_done += 1;
    }

    /// Whether a step without a look is like the others of this run.
    fn repeats_itself(&self, inputs: &StepInputs) -> bool {
        let [batch, ..] = inputs.batch.images.dims();
        batch == self.settings.hyperparameters.largest_batch()
            && self.has_all_images()
            // What it remembers of the weights is made in the first step.
            && self.optimizer.repeats_itself() && !self.optimizer.memory().is_empty()
            && !self.settings.recompute
    }

    /// Fetches loss and accuracy of all steps queued since the last call, in one transfer.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn read(&mut self) -> Result<Vec<StepMetrics>, TrainError> {
        if self.unread.is_empty() {
            return Ok(Vec::new());
        }
        let unread = std::mem::take(&mut self.unread);
        let first_step = self.steps_done - unread.len();
        let numbers = read_numbers(Tensor::cat(unread, 0)).await?;
        let pairs = numbers.chunks_exact(2).enumerate();
        let steps: Vec<_> = pairs.map(|(index, pair)| StepMetrics { step: first_step + index, loss: pair[0], accuracy: pair[1] }).collect();
        self.callbacks.means.add(&steps, &self.settings.hyperparameters);
        Ok(steps)
    }

    /// Ends an epoch whose steps have all been read: gives its mean training loss and accuracy, and what follows from the
    /// validation loss if there is one.
    pub fn end_epoch(&mut self, validation: Option<HeldOutMetrics>) -> ([f32; 2], EpochOutcome) {
        let means = self.callbacks.means.take();
        let Some(HeldOutMetrics { loss, .. }) = validation else { return (means, EpochOutcome::default()) };
        let outcome = self.callbacks.epoch_end(&self.settings.hyperparameters, loss);
        if outcome.improved {
            self.best = Some(self.model().valid());
        }
        (means, outcome)
    }

    /// Learning rate of the last step queued.
    pub fn last_learning_rate(&self) -> f64 {
        self.callbacks.learning_rate_at(&self.settings.hyperparameters, self.steps_done.saturating_sub(1))
    }

    /// Fetches all looks inside the network since the last call, in one transfer.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn read_looks(&mut self) -> Result<Vec<NetworkLook>, TrainError> {
        let unread = std::mem::take(&mut self.unread_looks);
        if unread.is_empty() {
            return Ok(Vec::new());
        }
        let numbers = read_numbers(Tensor::cat(unread.iter().map(UnreadLook::numbers).collect(), 0)).await?;
        let mut rest = numbers.as_slice();
        Ok(unread.iter().map_while(|look| look.take(&mut rest)).collect())
    }

    /// Images that are never learnt from, once all are there.
    pub(super) fn held_out(&self) -> &DeviceImages {
        self.held_out.on_device()
    }
}
