//! A pass over images that keeps what the network says of each.

use burn::module::Module;
use burn::tensor::Tensor;

use super::DeviceImages;
use super::batches::Batches;
use super::evaluation::{probabilities, with_mirror_image};
use crate::dataset::IMAGE_BYTES;
use crate::evaluation::Predictions;
use crate::experiment::TrainError;
use crate::model::ResNet;
use crate::training::readback::read_numbers;

/// A pass under way. Each batch is read back with its images, in one transfer.
#[derive(Debug)]
pub struct PredictionPass {
    model: ResNet,
    batches: Batches,
    made: Predictions,
}

impl PredictionPass {
    /// Uses the weights as they are now; training may go on meanwhile.
    pub(super) fn new(model: &ResNet, images: DeviceImages, batch_size: usize, steps_done: usize) -> Self {
        let made = Predictions { steps_done, ..Default::default() };
        Self { model: model.valid(), batches: Batches::new(images, batch_size), made }
    }

    /// Looks at one more batch; false when there was none left.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn advance(&mut self) -> Result<bool, TrainError> {
        let Some((places, count)) = self.batches.next() else { return Ok(false) };
        let (pixels, _) = self.batches.images().batch(places.clone());
        let plain = probabilities(&self.model, pixels.clone());
        let mirrored = with_mirror_image(&plain, &self.model, pixels);
        let (bytes, labels) = self.batches.images().as_uploaded(places);
        let [_, classes] = plain.dims();
        let of_all = |said: Tensor<2>| said.reshape([self.batches.size() * classes]);
        let numbers = read_numbers(Tensor::cat(vec![of_all(plain), of_all(mirrored), bytes, labels], 0)).await?;
        let mut rest = numbers.as_slice();
        // What fills up the last batch is left away.
        let mut take = |each: usize| {
            let (part, after) = rest.split_at_checked(self.batches.size() * each).unwrap_or_default();
            rest = after;
            part.get(..count * each).unwrap_or_default()
        };
        self.made.classes = classes;
        self.made.plain.extend_from_slice(take(classes));
        self.made.with_mirror_images.extend_from_slice(take(classes));
        self.made.pixels.extend(take(IMAGE_BYTES).iter().map(|pixel| *pixel as u8));
        self.made.labels.extend(take(1).iter().map(|label| *label as u16));
        Ok(true)
    }

    /// What was said.
    pub fn finish(self) -> Predictions {
        self.made
    }
}
