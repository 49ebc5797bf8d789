//! Why a run cannot be trained.

use thiserror::Error;

use super::{TrainingOption, USUAL_WEIGHT_DECAY};

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
    /// A decay that is negative or no number.
    #[error("the decay must be between 0 and 1, not {0}")]
    Decay(f64),
    /// Penalty that is negative or not a number.
    #[error("the L2 penalty must be between 0 and 1, not {0}")]
    L2(f64),
    /// A number outside the limits of a [`TrainingOption`].
    #[error("{} is {}, not {given}", label(option), wanted(option))]
    OutOfRange {
        /// Its key.
        option: &'static str,
        /// What was asked for.
        given: f64,
    },
    /// Looking ahead along no velocity.
    #[error("Nesterov's look ahead needs a momentum above 0, for example 0.9")]
    NesterovWithoutMomentum,
    /// Without weight decay it is Adam.
    #[error("AdamW is Adam with weight decay: give it one, for example {USUAL_WEIGHT_DECAY}, or choose Adam")]
    AdamWWithoutDecay,
    /// Nothing to judge by but the held-out images, which must decide nothing.
    #[error("early stopping and plateaus go by images to validate with: keep some of the training images for it, for example {0}")]
    NoValidationImages(usize),
    /// A step needs a whole batch.
    #[error("{images} training images do not fill one batch of {batch_size}: use a smaller batch or more images")]
    TooFewImages {
        /// Images asked for, those to validate with taken off.
        images: usize,
        /// Batch size asked for.
        batch_size: usize,
    },
}

impl HyperparameterError {
    /// Key of the [`TrainingOption`] it is about; none where it is about something else.
    pub fn option(&self) -> Option<&'static str> {
        match self {
            Self::OutOfRange { option, .. } => Some(option),
            Self::NesterovWithoutMomentum => Some("momentum"),
            Self::AdamWWithoutDecay => Some("weight-decay"),
            Self::NoValidationImages(_) => Some("validation"),
            _ => None,
        }
    }
}

fn label(key: &str) -> &'static str {
    TrainingOption::find(key).map_or("this", |option| option.label)
}

fn wanted(key: &str) -> String {
    TrainingOption::find(key).map(TrainingOption::wanted).unwrap_or_default()
}
