//! The values themselves, and what follows from them.

use serde::{Deserialize, Serialize};

use super::{Monitoring, OptimizerChoice, PlaceInRun, Schedule};
use crate::dataset::augmentation::{Augmentation, InputNormalisation};
use crate::dataset::whitening::USUAL_EPSILON;
use crate::language::text;
use crate::spec::Named;

/// Everything about a run that is not the network.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Hyperparameters {
    /// Images in a training step; the last step of an epoch has those that are left.
    pub batch_size: usize,
    /// Full learning rate. The tutorial starts at 0.003.
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
    /// How the learning rate goes on.
    #[serde(default)]
    pub schedule: Schedule,
    /// Share of each label that is spread evenly over all classes (Szegedy et al. 2016).
    #[serde(default)]
    pub label_smoothing: f64,
    /// What is measured besides, and what follows from it. Saved checkpoints call it `watching`.
    #[serde(default, rename = "watching")]
    pub monitoring: Monitoring,
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
            monitoring: Monitoring::default(),
            augmentation: Augmentation::default(),
            normalisation: InputNormalisation::default(),
            whitening_epsilon: USUAL_EPSILON,
        }
    }
}

impl Hyperparameters {
    /// The first setting of `self` that a run which goes on as `asked` cannot change, with both values: what decides which
    /// images are learnt from in which order, and what the optimizer remembers. Everything else may change on the way.
    pub fn fixed_difference(&self, asked: &Self) -> Option<(&'static str, String, String)> {
        let numbers = |of: &Self| [of.batch_size as u64, of.training_images as u64, of.monitoring.validation_images as u64, of.seed];
        let names = [text!("batch size"), text!("number of training images"), text!("number of validation images"), text!("seed")];
        let mut pairs = names.into_iter().zip(numbers(self).into_iter().zip(numbers(asked)));
        if let Some((name, (own, other))) = pairs.find(|(_, (own, other))| own != other) {
            return Some((name, own.to_string(), other.to_string()));
        }
        let (own, other) = (self.optimizer.kind, asked.optimizer.kind);
        (own.memory_parts() != other.memory_parts()).then(|| (text!("optimizer"), own.name().into(), other.name().into()))
    }

    /// Whether images are normalised in the same way, which is done once, before the first step.
    pub fn normalises_like(&self, other: &Self) -> bool {
        let epsilon_differs = self.normalisation == InputNormalisation::Whitened && self.whitening_epsilon != other.whitening_epsilon;
        self.normalisation == other.normalisation && !epsilon_differs
    }

    /// Learning rate of step `step`, counted from 0, plateaus left aside.
    pub fn learning_rate_at(&self, step: usize) -> f64 {
        let place = PlaceInRun { step, steps_per_epoch: self.steps_per_epoch(), total_steps: self.total_steps() };
        self.learning_rate * self.schedule.share_at(place) / (1.0 + self.decay * step as f64)
    }
}
