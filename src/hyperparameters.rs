//! How a run trains: plain values with the tutorial's defaults.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Everything about a run that is not the network.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Hyperparameters {
    /// Images in a training step.
    pub batch_size: usize,
    /// Step length of Adam with AMSGrad. The tutorial starts at 0.003.
    pub learning_rate: f64,
    /// Passes over the training images.
    pub epochs: usize,
    /// Training images used, drawn evenly from the chosen classes.
    pub training_images: usize,
    /// Held-out images used to measure accuracy; training never sees them.
    pub held_out_images: usize,
    /// Weight of the squared convolution kernels in the loss, as in Keras' `l2(1e-4)`: `λ·Σk²`, no ½.
    pub l2: f64,
    /// How fast steps shorten, as Keras' `decay`: step `t`, counted from 0, is `learning_rate / (1 + decay·t)` long.
    /// The tutorial divides 0.001 by the number of epochs; 0 keeps all steps alike.
    pub decay: f64,
    /// Start of every random stream: weights, image choice, order, dropout.
    pub seed: u64,
}

impl Default for Hyperparameters {
    fn default() -> Self {
        Self {
            batch_size: 32,
            learning_rate: 0.003,
            epochs: 10,
            training_images: 1000,
            held_out_images: 500,
            l2: 1e-4,
            decay: 0.0,
            seed: 1,
        }
    }
}

/// A value that training cannot use. The message is shown to the user as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum HyperparameterError {
    /// Batch norm needs two images to have a variance; more than 512 will not fit common devices.
    #[error("batch size goes from 2 to 512, not {0}")]
    BatchSize(usize),
    /// Zero, negative, not a number, or far beyond what converges.
    #[error("the learning rate must be above 0 and at most 1, not {0}")]
    LearningRate(f64),
    /// Nothing to do, or too much to be meant.
    #[error("epochs go from 1 to 1000, not {0}")]
    Epochs(usize),
    /// A step needs a whole batch.
    #[error("{images} training images do not fill one batch of {batch_size}: use a smaller batch or more images")]
    TooFewImages {
        /// Images asked for.
        images: usize,
        /// Batch size asked for.
        batch_size: usize,
    },
    /// A decay that is negative or no number.
    #[error("the decay must be between 0 and 1, not {0}")]
    Decay(f64),
    /// Penalty that is negative or not a number.
    #[error("the L2 penalty must be between 0 and 1, not {0}")]
    L2(f64),
}

impl Hyperparameters {
    /// # Errors
    /// Names the first value that training cannot use.
    pub fn check(&self) -> Result<(), HyperparameterError> {
        if !(2..=512).contains(&self.batch_size) {
            return Err(HyperparameterError::BatchSize(self.batch_size));
        }
        if !(self.learning_rate > 0.0 && self.learning_rate <= 1.0) {
            return Err(HyperparameterError::LearningRate(self.learning_rate));
        }
        if !(1..=1000).contains(&self.epochs) {
            return Err(HyperparameterError::Epochs(self.epochs));
        }
        if self.training_images < self.batch_size {
            return Err(HyperparameterError::TooFewImages { images: self.training_images, batch_size: self.batch_size });
        }
        if !(0.0..=1.0).contains(&self.decay) {
            return Err(HyperparameterError::Decay(self.decay));
        }
        if !(0.0..=1.0).contains(&self.l2) {
            return Err(HyperparameterError::L2(self.l2));
        }
        Ok(())
    }

    /// Length of step `step`, counted from 0.
    pub fn learning_rate_at(&self, step: usize) -> f64 {
        self.learning_rate / (1.0 + self.decay * step as f64)
    }

    /// Whole batches in an epoch. The rest of the images waits for the next epoch's order:
    /// a smaller last batch would compile every GPU kernel a second time.
    pub fn steps_per_epoch(&self) -> usize {
        self.training_images / self.batch_size.max(1)
    }

    /// Steps of the whole run.
    pub fn total_steps(&self) -> usize {
        self.steps_per_epoch() * self.epochs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_can_train() {
        assert_eq!(Hyperparameters::default().check(), Ok(()), "a newcomer presses Play without touching anything");
    }

    #[test]
    fn values_that_are_not_numbers_are_refused() {
        let broken = Hyperparameters { learning_rate: f64::NAN, ..Default::default() };
        assert!(matches!(broken.check(), Err(HyperparameterError::LearningRate(_))), "NaN compares false with everything");
        let broken = Hyperparameters { l2: f64::INFINITY, ..Default::default() };
        assert!(matches!(broken.check(), Err(HyperparameterError::L2(_))), "infinity is no penalty");
    }

    #[test]
    fn decay_shortens_steps_as_keras_does() {
        let decaying = Hyperparameters { learning_rate: 0.003, decay: 0.001 / 50.0, ..Default::default() };
        assert_eq!(decaying.learning_rate_at(0), 0.003, "the first step has full length");
        let rate = decaying.learning_rate_at(1000);
        assert!((rate - 0.003 / 1.02).abs() < 1e-12, "a thousand steps later: {rate}");
    }

    #[test]
    fn a_batch_larger_than_the_images_says_so() {
        let broken = Hyperparameters { training_images: 10, batch_size: 32, ..Default::default() };
        assert_eq!(
            broken.check().unwrap_err().to_string(),
            "10 training images do not fill one batch of 32: use a smaller batch or more images"
        );
    }
}
