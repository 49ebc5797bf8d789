//! Images that a run learns from: as they are or changed in every epoch, some of them still to come; and those it
//! validates with.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::{AugmentedImages, DeviceImages, MeasuredImages, Whitening};
use crate::dataset::augmentation::{Augmentation, ImageStatistics};
use crate::dataset::split::ImageCounts;
use crate::dataset::{LabelledImages, epoch_order};
use crate::experiment::hyperparameters::Hyperparameters;
use crate::spec::ResNetSpec;

/// Images to learn from and to validate with.
#[derive(Debug, Clone)]
pub struct TrainingImages {
    learnt: Learnt,
    /// Images of each part in which they come.
    parts: Vec<usize>,
    /// Images that are there; parts come in their order.
    arrived: usize,
    validation: Option<MeasuredImages>,
    /// Those to learn from that are uploaded while others are still to come: they are uploaded together.
    uploaded: LabelledImages,
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
        let arrived = images.len();
        let learnt = Learnt::OnDevice(Box::new(images));
        Self { learnt, parts: vec![arrived], arrived, validation: None, uploaded: LabelledImages::default() }
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
    /// Images of a run with these settings, all of which are still to come, on `device` (the plain one): changed if it changes them.
    pub fn to_come(counts: ImageCounts, hyperparameters: &Hyperparameters, statistics: ImageStatistics, device: &Device) -> Self {
        let Hyperparameters { augmentation, seed, .. } = *hyperparameters;
        let none = LabelledImages::default();
        let ImageCounts { parts, validation } = counts;
        let validation = (validation > 0).then(|| MeasuredImages::to_come(validation, statistics, device));
        let learnt = if augmentation.is_none() {
            Learnt::OnDevice(Box::new(DeviceImages::upload(&none, statistics, device)))
        } else {
            Learnt::Augmented(Box::new(AugmentedImages::new(none, augmentation, statistics, seed, device)))
        };
        Self { learnt, parts, arrived: 0, validation, uploaded: LabelledImages::default() }
    }

    /// The same images, whitened once they are normalised.
    pub fn whitened_by(self, whitening: Option<Whitening>) -> Self {
        let learnt = match self.learnt {
            Learnt::OnDevice(images) => Learnt::OnDevice(Box::new(images.whitened_by(whitening.clone()))),
            Learnt::Augmented(mut images) => {
                images.whitening.clone_from(&whitening);
                Learnt::Augmented(images)
            }
        };
        Self { learnt, validation: self.validation.map(|images| images.whitened_by(whitening)), ..self }
    }

    /// All images of a run at once, and with `validation` if there are any.
    pub fn new(
        learnt: &LabelledImages,
        validation: &LabelledImages,
        hyperparameters: &Hyperparameters,
        statistics: ImageStatistics,
        device: &Device,
    ) -> Self {
        let counts = ImageCounts { parts: vec![learnt.len()], validation: validation.len() };
        let mut images = Self::to_come(counts, hyperparameters, statistics, device);
        images.arrive(learnt, validation);
        images
    }

    /// Takes the next images, to learn from and to validate with.
    pub fn arrive(&mut self, learnt: &LabelledImages, validation: &LabelledImages) {
        // What is to come are held-out images.
        if self.is_complete() {
            return;
        }
        match &mut self.learnt {
            Learnt::OnDevice(images) => {
                self.uploaded.append(learnt);
                **images = images.like(&self.uploaded);
            }
            Learnt::Augmented(images) => images.append(learnt),
        }
        if let Some(images) = &mut self.validation {
            images.arrive(validation);
        }
        self.arrived += learnt.len();
        if self.is_complete() {
            self.uploaded = LabelledImages::default();
        }
        // A GPU's pool would keep a buffer of each size that there was on the way, a gigabyte for all of CIFAR.
        self.device().memory_cleanup();
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
        Ok(Self { learnt, validation: self.validation.map(|images| images.sized_for(spec)).transpose()?, ..self })
    }

    /// Images that are learnt from, those still to come among them.
    pub fn len(&self) -> usize {
        self.parts.iter().sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Images to validate with, those still to come among them.
    pub fn validation_images(&self) -> usize {
        self.validation.as_ref().map_or(0, MeasuredImages::len)
    }

    /// Images to validate with, once all are there.
    pub fn validation(&self) -> Option<&DeviceImages> {
        self.validation.as_ref().map(MeasuredImages::on_device)
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

    /// The batch of a step that is over, for a look: nothing that was made ahead is used up. As the images are, where they
    /// should not be `changed`.
    pub(super) fn look_at(&self, place: BatchPlace, order: &mut Option<Order>, changed: bool) -> (Tensor<4>, Tensor<1, Int>) {
        let places = self.order(place, order).batch(place);
        match &self.learnt {
            Learnt::OnDevice(images) => images.batch(on_device(places, &images.device())),
            Learnt::Augmented(images) => images.look_at(place.epoch, places, changed),
        }
    }

    /// Whether no image is still to come.
    pub(super) fn is_complete(&self) -> bool {
        self.arrived == self.len() && self.validation.as_ref().is_none_or(MeasuredImages::is_complete)
    }

    /// Whether all images of a batch are there.
    pub(super) fn has(&self, place: BatchPlace, order: &mut Option<Order>) -> bool {
        let arrived = self.arrived;
        arrived == self.len() || self.order(place, order).batch(place).iter().all(|place| (*place as usize) < arrived)
    }

    /// Makes the batch of a later step while the device computes; nothing where images are as they are or still to come.
    pub(super) fn prepare(&mut self, place: BatchPlace, order: &mut Option<Order>) {
        if !self.has(place, order) {
            return;
        }
        let order = self.order(place, order);
        if let Learnt::Augmented(images) = &mut self.learnt {
            images.prepare(place.epoch, order.batch(place));
        }
    }

    fn order<'a>(&self, place: BatchPlace, order: &'a mut Option<Order>) -> &'a Order {
        let draw = || {
            let places = epoch_order(&self.parts, place.seed, place.epoch);
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
        let Hyperparameters { seed, batch_size, .. } = *hyperparameters;
        Self { seed, epoch: step / steps, start: step % steps * batch_size, size: hyperparameters.images_in_step(step) }
    }

    /// How many they are.
    pub fn size(&self) -> usize {
        self.size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_image_comes_once_an_epoch_whatever_is_left_over() {
        for (training_images, batch_size) in [(9, 8), (12, 8), (15, 8), (16, 8), (5, 8)] {
            let hyperparameters = Hyperparameters { training_images, batch_size, ..Default::default() };
            let steps = hyperparameters.steps_per_epoch();
            for epoch in 0..3 {
                let order = Order { epoch, places: epoch_order(&[training_images], hyperparameters.seed, epoch), on_device: None };
                let places = (epoch * steps..(epoch + 1) * steps).map(|step| BatchPlace::of_step(&hyperparameters, step));
                let learnt: Vec<u32> = places.flat_map(|place| order.batch(place).to_vec()).collect();
                assert_eq!(learnt, order.places, "{training_images} images in batches of {batch_size}, in their order");
            }
        }
    }
}
