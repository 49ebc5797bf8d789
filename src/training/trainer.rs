//! One run: weights, optimizer, images and the place in the epochs.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::{AmsGrad, AmsGradSettings, Batch, DeviceImages, Evaluation, Start, watched_step};
use crate::dataset::epoch_order;
use crate::experiments::Lesion;
use crate::hyperparameters::Hyperparameters;
use crate::insight::{Look, UnreadLook};
use crate::metrics::{NetworkLook, StepMetrics};
use crate::model::{DropoutMasks, ResNet};
use crate::protocol::TrainError;
use crate::spec::ResNetSpec;
use crate::starting_point::Frozen;

/// What a [`Trainer`] is made from.
#[derive(Debug, Clone)]
pub struct TrainerSettings {
    /// The network.
    pub spec: ResNetSpec,
    /// How to train it; `training_images` and `held_out_images` are taken from the images themselves.
    pub hyperparameters: Hyperparameters,
    /// Off only where numbers are compared with a reference that has none.
    pub dropout: bool,
    /// Steps from one look inside the network to the next, the first step among them; 0 for none.
    pub look_every: usize,
}

/// A run on one device.
#[derive(Debug)]
pub struct Trainer {
    settings: TrainerSettings,
    device: Device,
    model: ResNet,
    optimizer: AmsGrad,
    training: DeviceImages,
    held_out: DeviceImages,
    /// Order of the images in the epoch under way, on the device: no host write in the loop.
    order: Option<Tensor<1, Int>>,
    frozen: Frozen,
    steps_done: usize,
    /// `[2]` each: loss and accuracy of steps not read back yet, oldest first.
    unread: Vec<Tensor<1>>,
    /// Layers whose kernels are looked at.
    kernel_layers: Vec<String>,
    /// Looks inside the network not read back yet, oldest first.
    unread_looks: Vec<UnreadLook>,
}

impl Trainer {
    /// Draws the first weights from the seed.
    ///
    /// # Errors
    /// When the settings cannot train on these images.
    pub fn new(settings: TrainerSettings, training: DeviceImages, held_out: DeviceImages) -> Result<Self, TrainError> {
        Self::starting_from(&Start::default(), settings, training, held_out)
    }

    /// Starts from given weights, or goes on with a run that was saved.
    ///
    /// # Errors
    /// As [`Trainer::new`].
    pub fn starting_from(
        start: &Start,
        mut settings: TrainerSettings,
        training: DeviceImages,
        held_out: DeviceImages,
    ) -> Result<Self, TrainError> {
        let wrong = |error: &dyn std::fmt::Display| TrainError::Settings { reason: error.to_string() };
        settings.hyperparameters.training_images = training.len();
        settings.hyperparameters.held_out_images = held_out.len();
        settings.hyperparameters.check().map_err(|error| wrong(&error))?;
        let device = training.device();
        let sized = |images: DeviceImages| images.sized_for(&settings.spec).map_err(|error| wrong(&error));
        let (training, held_out) = (sized(training)?, sized(held_out)?);
        let mut weights = start.source(settings.hyperparameters.seed);
        let model =
            ResNet::with_frozen(&settings.spec, &device.clone().autodiff(), &mut weights, start.frozen).map_err(|error| wrong(&error))?;
        drop(weights);
        let (optimizer, steps_done) = (start.optimizer(&device), start.steps_done);
        Ok(Self {
            kernel_layers: settings.spec.kernel_layers(),
            settings,
            device,
            model,
            optimizer,
            training,
            held_out,
            order: None,
            frozen: start.frozen,
            steps_done,
            unread: Vec::new(),
            unread_looks: Vec::new(),
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

    pub(super) fn settings(&self) -> &TrainerSettings {
        &self.settings
    }

    pub(super) fn optimizer(&self) -> &AmsGrad {
        &self.optimizer
    }

    /// Steps queued so far.
    pub fn steps_done(&self) -> usize {
        self.steps_done
    }

    /// Whether the last step of the last epoch is queued.
    pub fn is_finished(&self) -> bool {
        self.steps_done >= self.settings.hyperparameters.total_steps()
    }

    /// Whether the last queued step was the last of its epoch.
    pub fn at_epoch_end(&self) -> bool {
        self.steps_done > 0 && self.steps_done.is_multiple_of(self.settings.hyperparameters.steps_per_epoch())
    }

    /// Steps queued but not read back.
    pub fn unread_steps(&self) -> usize {
        self.unread.len()
    }

    /// The network as it is now.
    pub fn model(&self) -> &ResNet {
        &self.model
    }

    /// Queues one training step; its numbers wait for [`Trainer::read`].
    pub fn step(&mut self) {
        let TrainerSettings { spec, hyperparameters, dropout, .. } = &self.settings;
        let batch_size = hyperparameters.batch_size;
        let masks = dropout.then(|| DropoutMasks::draw(spec, batch_size, hyperparameters.seed, self.steps_done, &self.device));
        let places = self.next_places();
        let (images, labels) = self.training.batch(places);
        self.step_on(Batch { images, labels }, masks.as_ref());
    }

    /// Queues one training step on a given batch.
    pub fn step_on(&mut self, batch: Batch, masks: Option<&DropoutMasks>) {
        let hyperparameters = &self.settings.hyperparameters;
        let (learning_rate, l2) = (hyperparameters.learning_rate_at(self.steps_done), hyperparameters.l2);
        let settings = AmsGradSettings { learning_rate, l2 };
        let every = self.settings.look_every;
        let looks = every > 0 && self.steps_done.is_multiple_of(every);
        let activation = self.settings.spec.choices().activation;
        let look = looks.then(|| Look::new(self.steps_done, &self.kernel_layers, activation));
        let (model, numbers, seen) = watched_step(self.model.clone(), &mut self.optimizer, batch, masks, settings, look);
        self.model = model;
        self.unread.push(numbers);
        self.unread_looks.extend(seen);
        self.steps_done += 1;
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
        Ok(pairs.map(|(index, pair)| StepMetrics { step: first_step + index, loss: pair[0], accuracy: pair[1] }).collect())
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

    /// Images that are never learnt from.
    pub(super) fn held_out(&self) -> &DeviceImages {
        &self.held_out
    }

    /// Starts a pass over the held-out images with the weights as they are now.
    pub fn evaluation(&self) -> Evaluation {
        Evaluation::new(&self.model, self.held_out.clone(), self.settings.hyperparameters.batch_size, self.steps_done)
    }

    /// The same with one block left out or two swapped; none where the network cannot do that.
    pub fn evaluation_with(&self, lesion: Lesion) -> Option<Evaluation> {
        let model = match lesion {
            Lesion::Without(place) => self.model.without_block(place)?,
            Lesion::Swapped(place) => self.model.with_swapped_blocks(place)?,
        };
        Some(Evaluation::new(&model, self.held_out.clone(), self.settings.hyperparameters.batch_size, self.steps_done))
    }

    /// Places of the next batch's images, `[batch]`.
    fn next_places(&mut self) -> Tensor<1, Int> {
        let Hyperparameters { batch_size, seed, .. } = self.settings.hyperparameters;
        let steps_per_epoch = self.settings.hyperparameters.steps_per_epoch();
        let (epoch, step) = (self.steps_done / steps_per_epoch, self.steps_done % steps_per_epoch);
        let upload = || {
            let order = epoch_order(self.training.len(), seed, epoch);
            let order: Vec<i32> = order.into_iter().map(|place| place as i32).collect();
            let count = order.len();
            Tensor::<1, Int>::from_data(TensorData::new(order, [count]), &self.device)
        };
        let order = match self.order.take() {
            Some(order) if step > 0 => order,
            // A new epoch, or a run that goes on in the middle of one.
            _ => upload(),
        };
        self.order = Some(order.clone());
        order.narrow(0, step * batch_size, batch_size)
    }
}

/// Reads a short tensor back without blocking: on the web nothing may block.
pub(crate) async fn read_numbers(tensor: Tensor<1>) -> Result<Vec<f32>, TrainError> {
    let lost = |reason: String| TrainError::DeviceLost { reason };
    let data = tensor.into_data_async().await.map_err(|error| lost(format!("{error:?}")))?;
    data.try_to_vec().map_err(|error| lost(format!("{error:?}")))
}
