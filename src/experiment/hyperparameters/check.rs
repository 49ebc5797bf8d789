//! Whether the values can be trained with, and the nearest that can.

use super::limits::LIMITS;
use super::{HyperparameterError, Hyperparameters, OptimizerChoice, OptimizerKind, USUAL_WEIGHT_DECAY};

/// Fewest images to learn from: the smallest batch that batch norm can compare.
const FEWEST_IMAGES: usize = 2;

impl Hyperparameters {
    /// # Errors
    /// Names the first value that training cannot use.
    pub fn check(&self) -> Result<(), HyperparameterError> {
        self.errors().into_iter().next().map_or(Ok(()), Err)
    }

    /// Everything that training cannot use, so that one wrong value does not hide another.
    pub fn errors(&self) -> Vec<HyperparameterError> {
        let OptimizerChoice { kind, momentum, nesterov, weight_decay, .. } = self.optimizer;
        let watched = self.monitoring.stopping_patience > 0 || self.schedule.plateau_patience > 0;
        let images = self.trained_images();
        let together = [
            (kind == OptimizerKind::Sgd && nesterov && momentum == 0.0, HyperparameterError::NesterovWithoutMomentum),
            (kind == OptimizerKind::AdamW && weight_decay == 0.0, HyperparameterError::AdamWWithoutDecay),
            (
                watched && self.monitoring.validation_images == 0,
                HyperparameterError::NoValidationImages((self.training_images / 10).max(1)),
            ),
            (images < FEWEST_IMAGES, HyperparameterError::TooFewImages { images }),
        ];
        let wrong = |(wrong, error): (bool, HyperparameterError)| wrong.then_some(error);
        let alone = LIMITS
            .iter()
            .map(|limit| (!limit.allows(limit.of(self)), HyperparameterError::OutOfRange { key: limit.key, given: limit.of(self) }));
        alone.chain(together).filter_map(wrong).collect()
    }

    /// The nearest choice of optimizer and validation that can be trained, and what had to be changed; numbers outside their
    /// limits stay as they are.
    pub fn nearest(mut self) -> (Self, Vec<HyperparameterError>) {
        let errors = self.errors();
        for error in &errors {
            match error {
                HyperparameterError::NesterovWithoutMomentum => self.optimizer.nesterov = false,
                HyperparameterError::AdamWWithoutDecay => self.optimizer.weight_decay = USUAL_WEIGHT_DECAY,
                HyperparameterError::NoValidationImages(images) => self.monitoring.validation_images = *images,
                _ => {}
            }
        }
        let most = self.training_images.saturating_sub(FEWEST_IMAGES);
        self.monitoring.validation_images = self.monitoring.validation_images.min(most);
        if self.monitoring.validation_images == 0 {
            (self.monitoring.stopping_patience, self.schedule.plateau_patience) = (0, 0);
        }
        (self, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::hyperparameters::{Monitoring, Schedule};

    #[test]
    fn the_defaults_can_train() {
        assert_eq!(Hyperparameters::default().check(), Ok(()), "a newcomer presses Play without touching anything");
    }

    #[test]
    fn values_that_are_not_numbers_are_refused() {
        let broken = Hyperparameters { learning_rate: f64::NAN, ..Default::default() };
        assert!(matches!(broken.check(), Err(HyperparameterError::OutOfRange { key: "rate", .. })), "NaN compares false with everything");
        let broken = Hyperparameters { l2: f64::INFINITY, ..Default::default() };
        assert!(matches!(broken.check(), Err(HyperparameterError::OutOfRange { key: "l2", .. })), "infinity is no penalty");
    }

    #[test]
    fn decay_shortens_steps_as_keras_does() {
        let decaying = Hyperparameters { learning_rate: 0.003, decay: 0.001 / 50.0, ..Default::default() };
        assert_eq!(decaying.learning_rate_at(0), 0.003, "the first step has full length");
        let rate = decaying.learning_rate_at(1000);
        assert!((rate - 0.003 / 1.02).abs() < 1e-12, "a thousand steps later: {rate}");
    }

    #[test]
    fn a_batch_larger_than_the_images_has_them_all() {
        let few = Hyperparameters { training_images: 10, batch_size: 32, ..Default::default() };
        assert_eq!((few.check(), few.steps_per_epoch(), few.largest_batch()), (Ok(()), 1, 10), "one step an epoch, as Keras makes");
        assert_eq!(few.nearest(), (few, vec![]), "nothing has to be changed");
    }

    #[test]
    fn no_images_left_to_learn_from_says_so() {
        for (training_images, validation_images) in [(100, 1000), (100, 100), (3, 2)] {
            let monitoring = Monitoring { validation_images, ..Default::default() };
            let broken = Hyperparameters { training_images, monitoring, ..Default::default() };
            let sentence = broken.check().unwrap_err().to_string();
            assert!(sentence.contains("keep fewer to validate with"), "{sentence}");
            assert_eq!(broken.nearest().0.trained_images(), 2, "the nearest leaves two");
        }
    }

    #[test]
    fn what_needs_validation_images_says_so() {
        let plateau = Schedule { plateau_patience: 5, ..Default::default() };
        let broken = Hyperparameters { schedule: plateau, ..Default::default() };
        let sentence = broken.check().unwrap_err().to_string();
        assert!(sentence.contains("for example 100"), "a tenth of the thousand: {sentence}");
        let monitoring = Monitoring { validation_images: 100, stopping_patience: 3, ..Default::default() };
        let sound = Hyperparameters { monitoring, ..broken };
        assert_eq!(sound.check(), Ok(()), "with some it can be done");
        assert_eq!(sound.trained_images(), 900, "and they are not trained on");
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
