//! Images that live on the device: uploaded once, gathered there batch by batch.

use burn::tensor::{Device, Int, Tensor, TensorData};
use resnet_kernels::images::WORD_BYTES;

use super::Whitening;
use super::image_size::{check_image_size, fit};
use super::whitening::whiten;
use crate::dataset::augmentation::ImageStatistics;
use crate::dataset::{IMAGE_BYTES, IMAGE_EDGE, LabelledImages};
use crate::model::ops::images::gather_images;
use crate::spec::ResNetSpec;

/// Images and labels on a device, packed four bytes to a word: a quarter of the memory of floats.
#[derive(Debug, Clone)]
pub struct DeviceImages {
    /// `[images, 768]`.
    words: Tensor<2, Int>,
    /// `[images]`.
    labels: Tensor<1, Int>,
    count: usize,
    /// `[3]` each: `pixel · scale + offset`.
    scale: Tensor<1>,
    offset: Tensor<1>,
    whitening: Option<Whitening>,
    /// Edge and channels that the network reads.
    size: [usize; 2],
}

impl DeviceImages {
    /// Uploads `images`, to be normalised by `statistics`; `device` must be the plain one, not its autodiff twin.
    pub fn upload(images: &LabelledImages, statistics: ImageStatistics, device: &Device) -> Self {
        let (words, labels) = packed(images, device);
        let [scale, offset] = statistics.scale_and_offset().map(Vec::from);
        Self {
            words,
            labels,
            count: images.len(),
            scale: Tensor::from_data(TensorData::new(scale, [3]), device),
            offset: Tensor::from_data(TensorData::new(offset, [3]), device),
            whitening: None,
            size: [IMAGE_EDGE, 3],
        }
    }

    /// The same images, whitened once they are normalised.
    pub fn whitened_by(self, whitening: Option<Whitening>) -> Self {
        Self { whitening, ..self }
    }

    /// The same images in the size that `spec` reads.
    ///
    /// # Errors
    /// A sentence, when they cannot be brought to it.
    pub fn sized_for(self, spec: &ResNetSpec) -> Result<Self, String> {
        check_image_size(spec)?;
        Ok(Self { size: [spec.choices().image_edge, spec.choices().image_channels], ..self })
    }

    /// Other images, treated as these are.
    pub fn like(&self, images: &LabelledImages) -> Self {
        let (words, labels) = packed(images, &self.device());
        Self { words, labels, count: images.len(), ..self.clone() }
    }

    /// Images held.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether none are held.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Where they live.
    pub fn device(&self) -> Device {
        self.words.device()
    }

    /// The images at `places` `[batch]`: normalised pixels `[batch, edge, edge, channels]` and labels `[batch]`.
    pub fn batch(&self, places: Tensor<1, Int>) -> (Tensor<4>, Tensor<1, Int>) {
        let labels = self.labels.clone().select(0, places.clone());
        let [batch] = places.dims();
        let pixels = gather_images(self.words.clone(), places, self.scale.clone(), self.offset.clone());
        let [edge, channels] = self.size;
        let pixels = whiten(pixels.reshape([batch, IMAGE_EDGE, IMAGE_EDGE, 3]), self.whitening.as_ref());
        (fit(pixels, edge, channels), labels)
    }

    /// The images at `places` `[batch]` as they were uploaded, 0 to 255, `[batch · 32 · 32 · 3]`, and labels `[batch]`.
    pub fn as_uploaded(&self, places: Tensor<1, Int>) -> (Tensor<1>, Tensor<1>) {
        let labels = self.labels.clone().select(0, places.clone()).float();
        let bytes = gather_images(self.words.clone(), places, self.scale.ones_like(), self.offset.zeros_like());
        let count = bytes.dims().iter().product::<usize>();
        (bytes.reshape([count]), labels)
    }
}

/// Pixels `[images, 768]`, four bytes to a word, and labels `[images]`.
fn packed(images: &LabelledImages, device: &Device) -> (Tensor<2, Int>, Tensor<1, Int>) {
    let count = images.len();
    let words: Vec<i32> =
        images.pixels.chunks_exact(WORD_BYTES).map(|bytes| i32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).collect();
    let labels: Vec<i32> = images.labels.iter().map(|label| i32::from(*label)).collect();
    let words = Tensor::from_data(TensorData::new(words, [count, IMAGE_BYTES / WORD_BYTES]), device);
    (words, Tensor::from_data(TensorData::new(labels, [count]), device))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_come_back_normalised_in_the_asked_order() {
        let pixels: Vec<u8> = (0..3 * IMAGE_BYTES).map(|index| (index * 7 % 256) as u8).collect();
        let images = LabelledImages { pixels: pixels.clone(), labels: vec![4, 5, 6] };
        let normalisation = ImageStatistics { mean: [0.5, 0.4, 0.3], deviation: [0.25, 0.2, 0.1] };
        let device = Device::flex();
        let on_device = DeviceImages::upload(&images, normalisation, &device);
        let places = Tensor::<1, Int>::from_data(TensorData::new(vec![2i32, 0], [2]), &device);
        let (batch, labels) = on_device.batch(places);
        let labels: Vec<i32> = labels.into_data().try_to_vec().unwrap();
        assert_eq!(labels, [6, 4], "labels follow the places");
        let values: Vec<f32> = batch.into_data().try_to_vec().unwrap();
        for (index, value) in values.iter().enumerate() {
            let source = if index < IMAGE_BYTES { 2 * IMAGE_BYTES + index } else { index - IMAGE_BYTES };
            let channel = index % 3;
            let expected = (f32::from(pixels[source]) / 255.0 - normalisation.mean[channel]) / normalisation.deviation[channel];
            assert!((value - expected).abs() < 1e-4, "value {index}: {value} is not {expected}");
        }
    }
}
