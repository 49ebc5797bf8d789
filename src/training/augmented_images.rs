//! Training images that are changed anew in every epoch: made on the CPU, a batch ahead, and uploaded.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::Whitening;
use super::image_size::fit;
use super::whitening::whiten;
use crate::dataset::augmentation::{Augmentation, Draw, ImageStatistics, augment};
use crate::dataset::{IMAGE_BYTES, IMAGE_EDGE, LabelledImages};

const SHAPE: [usize; 3] = [IMAGE_EDGE, IMAGE_EDGE, 3];

/// Images with what is done to them.
#[derive(Debug, Clone)]
pub struct AugmentedImages {
    images: LabelledImages,
    augmentation: Augmentation,
    /// `pixel · scale + offset` is what the network sees, channel by channel.
    scale: [f32; 3],
    offset: [f32; 3],
    /// Mean colour, 0 to 255: nothing at all once normalised.
    mean: [f32; 3],
    pub(super) whitening: Option<Whitening>,
    seed: u64,
    device: Device,
    /// Edge and channels that the network reads.
    pub(super) size: [usize; 2],
    prepared: Option<Prepared>,
}

/// A batch made ahead.
#[derive(Debug, Clone)]
struct Prepared {
    epoch: usize,
    places: Vec<u32>,
    pixels: Vec<f32>,
}

impl AugmentedImages {
    /// `images` as `augmentation` and the run's seed change them, normalised by `statistics`, for `device` (the plain one).
    pub fn new(images: LabelledImages, augmentation: Augmentation, statistics: ImageStatistics, seed: u64, device: &Device) -> Self {
        let [scale, offset] = statistics.scale_and_offset();
        let mean = statistics.mean.map(|mean| mean * 255.0);
        let (device, size) = (device.clone(), [IMAGE_EDGE, 3]);
        Self { images, augmentation, scale, offset, mean, whitening: None, seed, device, size, prepared: None }
    }

    /// Adds images behind those that are there.
    pub(super) fn append(&mut self, images: &LabelledImages) {
        self.images.append(images);
    }

    /// Where batches go.
    pub fn device(&self) -> Device {
        self.device.clone()
    }

    /// Changes images otherwise from here on; a batch made ahead is made again.
    pub(super) fn set_augmentation(&mut self, augmentation: Augmentation) {
        (self.augmentation, self.prepared) = (augmentation, None);
    }

    /// Makes the batch that will be asked for next, while the device still computes.
    pub(super) fn prepare(&mut self, epoch: usize, places: &[u32]) {
        let pixels = self.make(&self.augmentation, epoch, places);
        self.prepared = Some(Prepared { epoch, places: places.to_vec(), pixels });
    }

    /// The images at `places` as `epoch` changes them: `[batch, edge, edge, channels]` and labels `[batch]`.
    pub(super) fn batch(&mut self, epoch: usize, places: &[u32]) -> (Tensor<4>, Tensor<1, Int>) {
        let ready = self.prepared.take().filter(|ready| ready.epoch == epoch && ready.places == places);
        let pixels = ready.map_or_else(|| self.make(&self.augmentation, epoch, places), |ready| ready.pixels);
        self.upload(pixels, places)
    }

    /// The same without using up a batch made ahead; as the images are, where they should not be `changed`.
    pub(super) fn look_at(&self, epoch: usize, places: &[u32], changed: bool) -> (Tensor<4>, Tensor<1, Int>) {
        let augmentation = if changed { self.augmentation } else { Augmentation::default() };
        self.upload(self.make(&augmentation, epoch, places), places)
    }

    fn upload(&self, pixels: Vec<f32>, places: &[u32]) -> (Tensor<4>, Tensor<1, Int>) {
        let label = |place: &u32| self.images.labels.get(*place as usize).copied().map_or(0, i32::from);
        let labels: Vec<i32> = places.iter().map(label).collect();
        let [height, width, colours] = SHAPE;
        let pixels = Tensor::from_data(TensorData::new(pixels, [places.len(), height, width, colours]), &self.device);
        let pixels = whiten(pixels, self.whitening.as_ref());
        let [edge, channels] = self.size;
        (fit(pixels, edge, channels), Tensor::from_data(TensorData::new(labels, [places.len()]), &self.device))
    }

    /// `[batch · 32 · 32 · 3]`, normalised.
    fn make(&self, augmentation: &Augmentation, epoch: usize, places: &[u32]) -> Vec<f32> {
        let mut batch = Vec::with_capacity(places.len() * IMAGE_BYTES);
        for place in places {
            let start = *place as usize * IMAGE_BYTES;
            let image = self.images.pixels.get(start..start + IMAGE_BYTES).unwrap_or_default();
            let image = image.iter().map(|byte| f32::from(*byte)).collect();
            let draw = Draw::new(self.seed, epoch, *place as usize);
            let changed = augment(augmentation, image, SHAPE, &self.mean, &draw);
            batch.extend(changed.chunks_exact(3).flat_map(|pixel| self.normalised(pixel)));
        }
        batch
    }

    fn normalised(&self, pixel: &[f32]) -> [f32; 3] {
        let mut colours = [0.0; 3];
        for (colour, ((value, scale), offset)) in colours.iter_mut().zip(pixel.iter().zip(self.scale).zip(self.offset)) {
            *colour = value * scale + offset;
        }
        colours
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, RandomStream};
    use crate::training::DeviceImages;

    const STATISTICS: ImageStatistics = ImageStatistics { mean: [0.5, 0.4, 0.3], deviation: [0.25, 0.2, 0.1] };

    fn images() -> LabelledImages {
        let mut pixels = vec![0; 6 * IMAGE_BYTES];
        RandomStream::new(3, Purpose::Subset, 0).fill_bytes(&mut pixels);
        LabelledImages { pixels, labels: vec![9, 8, 7, 6, 5, 4] }
    }

    fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
        tensor.into_data().try_to_vec().unwrap()
    }

    #[test]
    fn unchanged_images_are_those_that_the_device_gathers() {
        let device = Device::flex();
        let mut changed = AugmentedImages::new(images(), Augmentation::default(), STATISTICS, 1, &device);
        let (pixels, labels) = changed.batch(0, &[4, 0, 5]);
        let places = Tensor::<1, Int>::from_data(TensorData::new(vec![4i32, 0, 5], [3]), &device);
        let (gathered, gathered_labels) = DeviceImages::upload(&images(), STATISTICS, &device).batch(places);
        assert_eq!(values(pixels), values(gathered), "pixel for pixel, to the bit");
        assert_eq!(values(labels.float()), values(gathered_labels.float()), "with their labels");
    }

    #[test]
    fn what_an_image_becomes_does_not_depend_on_its_batch_or_on_being_made_ahead() {
        let augmentation = Augmentation { flip: true, crop_padding: 4, rotation_degrees: 10.0, cutout: 8, ..Default::default() };
        let mut changed = AugmentedImages::new(images(), augmentation, STATISTICS, 1, &Device::flex());
        let alone = values(changed.batch(2, &[3]).0);
        changed.prepare(2, &[1, 3]);
        let together = values(changed.batch(2, &[1, 3]).0);
        assert_eq!(together[IMAGE_BYTES..], alone, "second of two, made ahead");
        changed.prepare(5, &[1, 3]);
        assert_eq!(values(changed.batch(2, &[3, 0]).0)[..IMAGE_BYTES], alone, "what was made ahead for another batch is not used");
        assert_ne!(values(changed.batch(3, &[3]).0), alone, "the next epoch changes it otherwise");
    }
}
