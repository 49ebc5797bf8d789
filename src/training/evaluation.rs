//! A pass over images that training never sees, in pieces that can be interrupted.

use burn::module::Module;
use burn::tensor::activation::softmax;
use burn::tensor::{Int, Tensor, TensorData};

use super::{DeviceImages, classification_loss};
use crate::metrics::HeldOutMetrics;
use crate::model::ResNet;
use crate::protocol::TrainError;

/// A pass under way. Sums stay on the device until [`Evaluation::finish`].
#[derive(Debug)]
pub struct Evaluation {
    model: ResNet,
    images: DeviceImages,
    batch_size: usize,
    step: usize,
    mirrored: bool,
    done: usize,
    /// `[2]`: cross-entropy and correct answers so far.
    sums: Option<Tensor<1>>,
}

impl Evaluation {
    /// Uses the weights as they are now; training may go on meanwhile.
    pub(super) fn new(model: &ResNet, images: DeviceImages, batch_size: usize, step: usize) -> Self {
        Self { model: model.valid(), images, batch_size, step, mirrored: false, done: 0, sums: None }
    }

    /// The same, but what the network says of an image is the mean of what it says of the image and of its mirror image
    /// (test-time augmentation).
    pub fn with_mirror_images(self) -> Self {
        Self { mirrored: true, ..self }
    }

    /// Images looked at so far.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Images to look at in all.
    pub fn total(&self) -> usize {
        self.images.len()
    }

    /// Looks at one more batch; false when there was none left.
    pub fn advance(&mut self) -> bool {
        let count = self.batch_size.min(self.total() - self.done);
        if count == 0 {
            return false;
        }
        // The last batch is filled up with images that do not count: another batch shape would
        // compile every GPU kernel again.
        let places: Vec<i32> = (0..self.batch_size).map(|index| ((self.done + index) % self.total()) as i32).collect();
        let counts: Vec<f32> = (0..self.batch_size).map(|index| if index < count { 1.0 } else { 0.0 }).collect();
        let device = self.images.device();
        let places = Tensor::<1, Int>::from_data(TensorData::new(places, [self.batch_size]), &device);
        let counts = Tensor::<1>::from_data(TensorData::new(counts, [self.batch_size]), &device);
        let (pixels, labels) = self.images.batch(places);
        let loss = classification_loss(self.scores(pixels), labels);
        let sums = Tensor::cat(vec![(loss.cross_entropy * counts.clone()).sum(), (loss.correct * counts).sum()], 0);
        self.sums = Some(match self.sums.take() {
            Some(before) => before + sums,
            None => sums,
        });
        self.done += count;
        true
    }

    /// Logits `[batch, classes]`, or what stands in for them.
    fn scores(&self, pixels: Tensor<4>) -> Tensor<2> {
        if !self.mirrored {
            return self.model.forward(pixels, None);
        }
        let says = |pixels: Tensor<4>| softmax(self.model.forward(pixels, None), 1);
        let mean = (says(pixels.clone()) + says(pixels.flip([2]))).mul_scalar(0.5);
        // The logarithm of probabilities has them as its own softmax.
        mean.clamp_min(f32::MIN_POSITIVE).log()
    }

    /// Reads the sums.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn finish(self) -> Result<HeldOutMetrics, TrainError> {
        let images = self.done;
        let sums = match self.sums {
            Some(sums) => super::trainer::read_numbers(sums).await?,
            None => vec![0.0, 0.0],
        };
        let mean = |sum: Option<&f32>| sum.copied().unwrap_or(f32::NAN) / images.max(1) as f32;
        Ok(HeldOutMetrics { step: self.step, loss: mean(sums.first()), accuracy: mean(sums.get(1)), images })
    }
}
