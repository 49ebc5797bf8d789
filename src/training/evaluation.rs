//! A pass over images that training never sees, in pieces that can be interrupted.

use burn::module::Module;
use burn::tensor::activation::softmax;
use burn::tensor::{Tensor, TensorData};

use super::batches::Batches;
use super::{DeviceImages, classification_loss};
use crate::evaluation::metrics::HeldOutMetrics;
use crate::experiment::TrainError;
use crate::model::ResNet;

/// A pass under way. Sums stay on the device until [`Evaluation::finish`].
#[derive(Debug)]
pub struct Evaluation {
    model: ResNet,
    batches: Batches,
    step: usize,
    mirrored: bool,
    /// `[2]`: cross-entropy and correct answers so far.
    sums: Option<Tensor<1>>,
}

impl Evaluation {
    /// Uses the weights as they are now; training may go on meanwhile.
    pub(super) fn new(model: &ResNet, images: DeviceImages, batch_size: usize, step: usize) -> Self {
        Self { model: model.valid(), batches: Batches::new(images, batch_size), step, mirrored: false, sums: None }
    }

    /// The same, but what the network says of an image is the mean of what it says of the image and of its mirror image
    /// (test-time augmentation).
    pub fn with_mirror_images(self) -> Self {
        Self { mirrored: true, ..self }
    }

    /// Images looked at so far.
    pub fn done(&self) -> usize {
        self.batches.done()
    }

    /// Images to look at in all.
    pub fn total(&self) -> usize {
        self.batches.total()
    }

    /// Looks at one more batch; false when there was none left.
    pub fn advance(&mut self) -> bool {
        let Some((places, count)) = self.batches.next() else { return false };
        let size = self.batches.size();
        let counts: Vec<f32> = (0..size).map(|index| if index < count { 1.0 } else { 0.0 }).collect();
        let counts = Tensor::<1>::from_data(TensorData::new(counts, [size]), &places.device());
        let (pixels, labels) = self.batches.images().batch(places);
        let loss = classification_loss(self.scores(pixels), labels);
        let sums = Tensor::cat(vec![(loss.cross_entropy * counts.clone()).sum(), (loss.correct * counts).sum()], 0);
        self.sums = Some(match self.sums.take() {
            Some(before) => before + sums,
            None => sums,
        });
        true
    }

    /// Logits `[batch, classes]`, or what stands in for them.
    fn scores(&self, pixels: Tensor<4>) -> Tensor<2> {
        if !self.mirrored {
            return self.model.forward(pixels, None);
        }
        let mean = with_mirror_image(&probabilities(&self.model, pixels.clone()), &self.model, pixels);
        // The logarithm of probabilities has them as its own softmax.
        mean.clamp_min(f32::MIN_POSITIVE).log()
    }

    /// Reads the sums.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn finish(self) -> Result<HeldOutMetrics, TrainError> {
        let images = self.done();
        let sums = match self.sums {
            Some(sums) => crate::training::readback::read_numbers(sums).await?,
            None => vec![0.0, 0.0],
        };
        let mean = |sum: Option<&f32>| sum.copied().unwrap_or(f32::NAN) / images.max(1) as f32;
        Ok(HeldOutMetrics { step: self.step, loss: mean(sums.first()), accuracy: mean(sums.get(1)), images })
    }
}

/// What a network says of `pixels` `[batch, height, width, channels]`: `[batch, classes]`.
pub(super) fn probabilities(model: &ResNet, pixels: Tensor<4>) -> Tensor<2> {
    softmax(model.forward(pixels, None), 1)
}

/// The mean of what it `said` of `pixels` and of what it says of their mirror images.
pub(super) fn with_mirror_image(said: &Tensor<2>, model: &ResNet, pixels: Tensor<4>) -> Tensor<2> {
    (said.clone() + probabilities(model, pixels.flip([2]))).mul_scalar(0.5)
}
