//! Images that a network is measured on and never learns from.

use burn::tensor::Device;

use super::{DeviceImages, Whitening};
use crate::dataset::LabelledImages;
use crate::dataset::augmentation::ImageStatistics;
use crate::spec::ResNetSpec;

/// Held-out images, or those to validate with, some of them still to come. They are uploaded together once all are there.
#[derive(Debug, Clone)]
pub struct MeasuredImages {
    on_device: DeviceImages,
    /// How many there are in all.
    count: usize,
    /// Those that are there while others are still to come.
    arrived: LabelledImages,
}

impl From<DeviceImages> for MeasuredImages {
    fn from(on_device: DeviceImages) -> Self {
        Self { count: on_device.len(), on_device, arrived: LabelledImages::default() }
    }
}

impl MeasuredImages {
    /// So many images, all of which are still to come, on `device` (the plain one).
    pub fn to_come(count: usize, statistics: ImageStatistics, device: &Device) -> Self {
        let none = LabelledImages::default();
        Self { on_device: DeviceImages::upload(&none, statistics, device), count, arrived: none }
    }

    /// The same images, whitened once they are normalised.
    pub fn whitened_by(self, whitening: Option<Whitening>) -> Self {
        Self { on_device: self.on_device.whitened_by(whitening), ..self }
    }

    /// The same images in the size that `spec` reads.
    pub(super) fn sized_for(self, spec: &ResNetSpec) -> Result<Self, String> {
        Ok(Self { on_device: self.on_device.sized_for(spec)?, ..self })
    }

    /// Takes the next images.
    pub(super) fn arrive(&mut self, images: &LabelledImages) {
        if self.is_complete() {
            return;
        }
        self.arrived.append(images);
        if self.arrived.len() >= self.count {
            self.on_device = self.on_device.like(&std::mem::take(&mut self.arrived));
        }
    }

    /// How many there are, those still to come among them.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether no image is still to come.
    pub(super) fn is_complete(&self) -> bool {
        self.on_device.len() == self.count
    }

    /// The images once all are there; none before.
    pub(super) fn on_device(&self) -> &DeviceImages {
        &self.on_device
    }
}
