//! Images that a run learns from: as they are or changed in every epoch; and those it validates with.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::{AugmentedImages, DeviceImages};
use crate::augmentation::{Augmentation, ImageStatistics};
use crate::dataset::{LabelledImages, epoch_order};
use crate::hyperparameters::Hyperparameters;
use crate::spec::ResNetSpec;

/// Images to learn from and to validate with.
#[derive(Debug, Clone)]
pub struct TrainingImages {
    learnt: Learnt,
    validation: Option<DeviceImages>,
}

#[derive(Debug, Clone)]
enum Learnt {
    /// As they are: uploaded once, gathered on the device.
    OnDevice(Box<DeviceImages>),
    /// Changed anew in each epoch.
    Augmented(Box<AugmentedImages>),
}

impl From<DeviceImages> for TrainingImages {
    fn from(images: DeviceImages) -> Self {
        Self { learnt: Learnt::OnDevice(Box::new(images)), validation: None }
    }
}

/// Order of the images in the epoch under way.
#[derive(Debug, Clone)]
pub(super) struct Order {
    epoch: usize,
    places: Vec<u32>,
    /// The same on the device where images are gathered there: no host write in the loop.
    on_device: Option<Tensor<1, Int>>,
}

impl TrainingImages {
    /// Images for a run with these settings, on `device` (the plain one): changed if it changes them, and with `validation` if
    /// there are any.
    pub fn new(
        learnt: LabelledImages,
        validation: &LabelledImages,
        hyperparameters: &Hyperparameters,
        statistics: ImageStatistics,
        device: &Device,
    ) -> Self {
        let Hyperparameters { augmentation, seed, .. } = *hyperparameters;
        let validation = (!validation.is_empty()).then(|| DeviceImages::upload(validation, statistics, device));
        let learnt = if augmentation.is_none() {
            Learnt::OnDevice(Box::new(DeviceImages::upload(&learnt, statistics, device)))
        } else {
            Learnt::Augmented(Box::new(AugmentedImages::new(learnt, augmentation, statistics, seed, device)))
        };
        Self { learnt, validation }
    }

    /// The same images in the size that `spec` reads.
    pub(super) fn sized_for(self, spec: &ResNetSpec) -> Result<Self, String> {
        let learnt = match self.learnt {
            Learnt::OnDevice(images) => Learnt::OnDevice(Box::new(images.sized_for(spec)?)),
            Learnt::Augmented(mut images) => {
                super::check_image_size(spec)?;
                images.size = [spec.choices().image_edge, spec.choices().image_channels];
                Learnt::Augmented(images)
            }
        };
        Ok(Self { learnt, validation: self.validation.map(|images| images.sized_for(spec)).transpose()? })
    }

    /// Images that are learnt from.
    pub fn len(&self) -> usize {
        match &self.learnt {
            Learnt::OnDevice(images) => images.len(),
            Learnt::Augmented(images) => images.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Images to validate with.
    pub fn validation(&self) -> Option<&DeviceImages> {
        self.validation.as_ref()
    }

    /// Changes images otherwise from the next batch on; false where they were uploaded as they are and should not stay so.
    pub(super) fn set_augmentation(&mut self, augmentation: Augmentation) -> bool {
        match &mut self.learnt {
            Learnt::OnDevice(_) => augmentation.is_none(),
            Learnt::Augmented(images) => {
                images.set_augmentation(augmentation);
                true
            }
        }
    }

    pub(super) fn device(&self) -> Device {
        match &self.learnt {
            Learnt::OnDevice(images) => images.device(),
            Learnt::Augmented(images) => images.device(),
        }
    }

    /// Whether images are changed before they are learnt from.
    pub(super) fn are_augmented(&self) -> bool {
        matches!(self.learnt, Learnt::Augmented(_))
    }

    /// The batch of a step: `[batch, edge, edge, channels]` and labels `[batch]`. `order` is that of an earlier step or none.
    pub(super) fn batch(&mut self, place: BatchPlace, order: &mut Option<Order>) -> (Tensor<4>, Tensor<1, Int>) {
        let order = self.order(place, order);
        let BatchPlace { epoch, start, size, .. } = place;
        match (&mut self.learnt, &order.on_device) {
            (Learnt::OnDevice(images), Some(places)) => images.batch(places.clone().narrow(0, start, size)),
            (Learnt::OnDevice(images), None) => images.batch(on_device(order.batch(place), &images.device())),
            (Learnt::Augmented(images), _) => images.batch(epoch, order.batch(place)),
        }
    }

    /// Makes the batch of a later step while the device computes; nothing where images are as they are.
    pub(super) fn prepare(&mut self, place: BatchPlace, order: &mut Option<Order>) {
        let order = self.order(place, order);
        if let Learnt::Augmented(images) = &mut self.learnt {
            images.prepare(place.epoch, order.batch(place));
        }
    }

    fn order<'a>(&self, place: BatchPlace, order: &'a mut Option<Order>) -> &'a Order {
        let count = self.len();
        let draw = || {
            let places = epoch_order(count, place.seed, place.epoch);
            let on_device = (!self.are_augmented()).then(|| on_device(&places, &self.device()));
            Order { epoch: place.epoch, places, on_device }
        };
        // A new epoch, or a run that goes on in the middle of one.
        if order.as_ref().is_some_and(|order| order.epoch != place.epoch) {
            *order = None;
        }
        order.get_or_insert_with(draw)
    }
}

impl Order {
    fn batch(&self, place: BatchPlace) -> &[u32] {
        self.places.get(place.start..place.start + place.size).unwrap_or_default()
    }
}

fn on_device(places: &[u32], device: &Device) -> Tensor<1, Int> {
    let places: Vec<i32> = places.iter().map(|place| *place as i32).collect();
    let count = places.len();
    Tensor::from_data(TensorData::new(places, [count]), device)
}

/// Which images a step learns from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BatchPlace {
    seed: u64,
    epoch: usize,
    /// First place in the epoch's order.
    start: usize,
    size: usize,
}

impl BatchPlace {
    /// Those of step `step`, counted from 0.
    pub fn of_step(hyperparameters: &Hyperparameters, step: usize) -> Self {
        let steps = hyperparameters.steps_per_epoch().max(1);
        let Hyperparameters { seed, batch_size: size, .. } = *hyperparameters;
        Self { seed, epoch: step / steps, start: step % steps * size, size }
    }
}
