//! What a run does at the end of each epoch, with the names and the arithmetic of Keras' callbacks.
//!
//! Plain numbers: the trainer feeds them and does what they say, checkpoints keep them. Keras' `LearningRateScheduler` is
//! [`crate::experiment::hyperparameters::Schedule`]; its `TerminateOnNaN` is [`first_diverged`].

mod best;
mod early_stopping;
mod epoch_means;
mod history;
mod plateau;

use serde::{Deserialize, Serialize};

pub use best::BestSoFar;
pub use early_stopping::EarlyStopping;
pub use epoch_means::EpochMeans;
pub use history::{EpochRecord, history_as_csv};
pub use plateau::ReduceOnPlateau;

use crate::evaluation::metrics::StepMetrics;
use crate::experiment::hyperparameters::Hyperparameters;

/// All that a run remembers from epoch to epoch besides its weights.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Callbacks {
    /// When steps get shorter.
    pub plateau: ReduceOnPlateau,
    /// When the run ends early.
    pub stopping: EarlyStopping,
    /// Which epoch was the best.
    pub best: BestSoFar,
    /// Means over the epoch under way.
    pub means: EpochMeans,
}

/// What follows from an epoch's validation loss.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EpochOutcome {
    /// It is the lowest so far: these weights are worth keeping.
    pub improved: bool,
    /// Steps are shorter from here on.
    pub shortened: bool,
    /// The run ends here.
    pub stops: bool,
}

impl Callbacks {
    /// Takes in the validation loss of an epoch.
    pub fn epoch_end(&mut self, hyperparameters: &Hyperparameters, validation_loss: f32) -> EpochOutcome {
        EpochOutcome {
            improved: self.best.epoch_end(validation_loss),
            shortened: self.plateau.epoch_end(validation_loss, hyperparameters.schedule.plateau_patience),
            stops: self.stopping.epoch_end(validation_loss, hyperparameters.monitoring.stopping_patience),
        }
    }

    /// Learning rate of step `step`, counted from 0.
    pub fn learning_rate_at(&self, hyperparameters: &Hyperparameters, step: usize) -> f64 {
        hyperparameters.learning_rate_at(step) * self.plateau.share(hyperparameters.schedule.plateau_factor)
    }
}

/// The first step whose loss is no number: nothing after it is worth anything.
pub fn first_diverged(steps: &[StepMetrics]) -> Option<usize> {
    steps.iter().find(|step| !step.loss.is_finite()).map(|step| step.step)
}

#[cfg(test)]
mod tests;
