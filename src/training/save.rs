//! A run as files: its weights alone, or all it needs to go on.

use std::collections::BTreeMap;

use burn::module::Module;

use super::trainer::Trainer;
use crate::checkpoint::{Checkpoint, MemoryValues, NamedWeights, StoredWeight};
use crate::dataset::ClassChoice;
use crate::experiment::TrainError;
use crate::model::{ResNet, named_weights};
use crate::training::readback::read_numbers;

impl Trainer {
    /// All weights and moving statistics as they are now.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn weights(&self) -> Result<NamedWeights, TrainError> {
        read_weights(&self.model_before_next_step().valid()).await
    }

    /// The run as it stands; `classes` are those it was prepared with.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn checkpoint(&self, classes: ClassChoice) -> Result<Checkpoint, TrainError> {
        let mut memory = BTreeMap::new();
        for (name, kept) in self.optimizer().memory() {
            let mut parts = Vec::new();
            for part in kept.parts() {
                parts.push(read_numbers(part).await?);
            }
            memory.insert(name.clone(), MemoryValues { parts });
        }
        let average = match self.average() {
            Some(average) => Some((read_weights(average.model()).await?, average.updates())),
            None => None,
        };
        let best = match self.best() {
            Some(best) => Some(read_weights(best).await?),
            None => None,
        };
        Ok(Checkpoint {
            network: self.settings().spec.choices().clone(),
            hyperparameters: self.settings().hyperparameters,
            classes,
            frozen: self.frozen(),
            steps_done: self.steps_done(),
            optimizer_steps: self.optimizer().steps(),
            callbacks: self.callbacks().clone(),
            weights: self.weights().await?,
            memory,
            average,
            best,
        })
    }
}

async fn read_weights(model: &ResNet) -> Result<NamedWeights, TrainError> {
    let mut weights = NamedWeights::new();
    for (name, shape, values) in named_weights(model) {
        weights.insert(name, StoredWeight::new(shape, read_numbers(values).await?));
    }
    Ok(weights)
}
