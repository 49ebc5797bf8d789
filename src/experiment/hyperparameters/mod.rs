//! How a run trains: plain values with the tutorial's defaults.

mod early_stopping;
mod error;
mod optimizer;
mod options;
mod schedule;

use serde::{Deserialize, Serialize};

pub use early_stopping::Watching;
pub use error::HyperparameterError;
pub use optimizer::{OptimizerChoice, OptimizerKind, USUAL_WEIGHT_DECAY};
pub use options::{TRAINING_OPTIONS, TrainingOption, TrainingValue, read_choices, write_choices};
pub use schedule::{Epochs, PlaceInRun, Schedule, ScheduleShape};

use crate::dataset::augmentation::{Augmentation, InputNormalisation};
use crate::dataset::whitening::USUAL_EPSILON;
use crate::spec::Named;

/// Everything about a run that is not the network.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Hyperparameters {
    /// Images in a training step.
    pub batch_size: usize,
    /// Full length of a step. The tutorial starts at 0.003.
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
    /// Start of every random stream: weights, image choice, order, dropout, augmentation.
    pub seed: u64,
    /// How gradients move weights.
    #[serde(default)]
    pub optimizer: OptimizerChoice,
    /// How the step length goes on.
    #[serde(default)]
    pub schedule: Schedule,
    /// Share of each label that is spread evenly over all classes (Szegedy et al. 2016).
    #[serde(default)]
    pub label_smoothing: f64,
    /// What is measured besides, and what follows from it.
    #[serde(default)]
    pub watching: Watching,
    /// How training images are changed.
    #[serde(default)]
    pub augmentation: Augmentation,
    /// What all images are normalised by.
    #[serde(default)]
    pub normalisation: InputNormalisation,
    /// What whitening adds to the variance in each direction (pixels from 0 to 1). Keras' `zca_epsilon`.
    #[serde(default = "usual_whitening_epsilon")]
    pub whitening_epsilon: f64,
}

fn usual_whitening_epsilon() -> f64 {
    USUAL_EPSILON
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
            optimizer: OptimizerChoice::default(),
            schedule: Schedule::default(),
            label_smoothing: 0.0,
            watching: Watching::default(),
            augmentation: Augmentation::default(),
            normalisation: InputNormalisation::default(),
            whitening_epsilon: USUAL_EPSILON,
        }
    }
}

impl Hyperparameters {
    /// # Errors
    /// Names the first value that training cannot use.
    pub fn check(&self) -> Result<(), HyperparameterError> {
        self.errors().into_iter().next().map_or(Ok(()), Err)
    }

    /// Everything that training cannot use, so that one wrong value does not hide another.
    pub fn errors(&self) -> Vec<HyperparameterError> {
        let OptimizerChoice { kind, momentum, nesterov, weight_decay, .. } = self.optimizer;
        let watched = self.watching.stopping_patience > 0 || self.schedule.plateau_patience > 0;
        let (images, batch_size) = (self.trained_images(), self.batch_size);
        let before = [
            (!(2..=512).contains(&batch_size), HyperparameterError::BatchSize(batch_size)),
            (!(self.learning_rate > 0.0 && self.learning_rate <= 1.0), HyperparameterError::LearningRate(self.learning_rate)),
            (!(1..=1000).contains(&self.epochs), HyperparameterError::Epochs(self.epochs)),
            (!(0.0..=1.0).contains(&self.l2), HyperparameterError::L2(self.l2)),
            (!(0.0..=1.0).contains(&self.decay), HyperparameterError::Decay(self.decay)),
        ];
        let after = [
            (kind == OptimizerKind::Sgd && nesterov && momentum == 0.0, HyperparameterError::NesterovWithoutMomentum),
            (kind == OptimizerKind::AdamW && weight_decay == 0.0, HyperparameterError::AdamWWithoutDecay),
            (watched && self.watching.validation_images == 0, HyperparameterError::NoValidationImages((self.training_images / 10).max(1))),
            (images < batch_size, HyperparameterError::TooFewImages { images, batch_size }),
        ];
        let wrong = |(wrong, error): (bool, HyperparameterError)| wrong.then_some(error);
        let ranges = TRAINING_OPTIONS.iter().filter_map(|option| option.error(self));
        before.into_iter().filter_map(wrong).chain(ranges).chain(after.into_iter().filter_map(wrong)).collect()
    }

    /// The nearest choice of optimizer and validation that can be trained, and what had to be changed; numbers outside their
    /// limits stay as they are.
    pub fn nearest(mut self) -> (Self, Vec<HyperparameterError>) {
        let errors = self.errors();
        for error in &errors {
            match error {
                HyperparameterError::NesterovWithoutMomentum => self.optimizer.nesterov = false,
                HyperparameterError::AdamWWithoutDecay => self.optimizer.weight_decay = USUAL_WEIGHT_DECAY,
                HyperparameterError::NoValidationImages(images) => self.watching.validation_images = *images,
                _ => {}
            }
        }
        // A batch of two at least must be left to train on.
        let most = self.training_images.saturating_sub(2);
        self.watching.validation_images = self.watching.validation_images.min(most);
        if self.watching.validation_images == 0 {
            (self.watching.stopping_patience, self.schedule.plateau_patience) = (0, 0);
        }
        self.batch_size = self.batch_size.min(self.trained_images());
        (self, errors)
    }

    /// The first setting of `self` that a run which goes on as `asked` cannot change, with both values: what decides which
    /// images are learnt from in which order, and what the optimizer remembers. Everything else may change on the way.
    pub fn fixed_difference(&self, asked: &Self) -> Option<(&'static str, String, String)> {
        let numbers = |of: &Self| [of.batch_size as u64, of.training_images as u64, of.watching.validation_images as u64, of.seed];
        let names = ["batch size", "number of training images", "number of validation images", "seed"];
        let mut pairs = names.into_iter().zip(numbers(self).into_iter().zip(numbers(asked)));
        if let Some((name, (own, other))) = pairs.find(|(_, (own, other))| own != other) {
            return Some((name, own.to_string(), other.to_string()));
        }
        let (own, other) = (self.optimizer.kind, asked.optimizer.kind);
        (own.memory_parts() != other.memory_parts()).then(|| ("optimizer", own.name().into(), other.name().into()))
    }

    /// Whether images are normalised in the same way, which is done once, before the first step.
    pub fn normalises_like(&self, other: &Self) -> bool {
        let epsilon_differs = self.normalisation == InputNormalisation::Whitened && self.whitening_epsilon != other.whitening_epsilon;
        self.normalisation == other.normalisation && !epsilon_differs
    }

    /// Length of step `step`, counted from 0, plateaus left aside.
    pub fn learning_rate_at(&self, step: usize) -> f64 {
        let place = PlaceInRun { step, steps_per_epoch: self.steps_per_epoch(), total_steps: self.total_steps() };
        self.learning_rate * self.schedule.share_at(place) / (1.0 + self.decay * step as f64)
    }

    /// Training images that are learnt from: all but those kept to validate with.
    pub fn trained_images(&self) -> usize {
        self.training_images.saturating_sub(self.watching.validation_images)
    }

    /// Whole batches in an epoch. The rest of the images waits for the next epoch's order:
    /// a smaller last batch would compile every GPU kernel a second time.
    pub fn steps_per_epoch(&self) -> usize {
        self.trained_images() / self.batch_size.max(1)
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

    #[test]
    fn what_needs_validation_images_says_so() {
        let plateau = Schedule { plateau_patience: 5, ..Default::default() };
        let broken = Hyperparameters { schedule: plateau, ..Default::default() };
        let sentence = broken.check().unwrap_err().to_string();
        assert!(sentence.contains("for example 100"), "a tenth of the thousand: {sentence}");
        let watching = Watching { validation_images: 100, stopping_patience: 3, ..Default::default() };
        let sound = Hyperparameters { watching, ..broken };
        assert_eq!(sound.check(), Ok(()), "with some it can be done");
        assert_eq!(sound.steps_per_epoch(), 900 / 32, "and they are not trained on");
    }

    #[test]
    fn each_choice_of_the_optimizer_is_checked() {
        let with = |optimizer| Hyperparameters { optimizer, ..Default::default() }.check().map_err(|error| error.to_string());
        let usual = OptimizerChoice::default();
        let adamw = OptimizerChoice { kind: OptimizerKind::AdamW, ..usual };
        assert!(with(adamw).unwrap_err().contains("0.004"), "AdamW without decay is Adam");
        assert_eq!(with(OptimizerChoice { weight_decay: 0.01, ..adamw }), Ok(()), "with some it is itself");
        let nesterov = OptimizerChoice { kind: OptimizerKind::Sgd, momentum: 0.0, nesterov: true, ..usual };
        assert!(with(nesterov).unwrap_err().contains("momentum above 0"), "no velocity to look along");
        assert!(with(OptimizerChoice { momentum: 1.0, ..usual }).is_err(), "a velocity that never ends");
        assert!(with(OptimizerChoice { clip_norm: f64::NAN, ..usual }).is_err(), "no number");
    }

    #[test]
    fn settings_stored_before_there_was_a_choice_mean_what_they_meant() {
        let old = r#"{"batch_size":32,"learning_rate":0.003,"epochs":10,"training_images":1000,"held_out_images":500,"l2":0.0001,"decay":0.0,"seed":1}"#;
        assert_eq!(
            serde_json::from_str::<Hyperparameters>(old).unwrap(),
            Hyperparameters::default(),
            "AMSGrad, constant, unchanged images"
        );
    }
}
