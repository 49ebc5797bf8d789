//! A run as files: its weights alone, or all it needs to go on.

use burn::module::Module;

use super::trainer::{Trainer, read_numbers};
use crate::dataset::ClassChoice;
use crate::model::named_weights;
use crate::protocol::TrainError;
use crate::weights_file::{Checkpoint, MomentValues, NamedWeights, StoredWeight};

impl Trainer {
    /// All weights and moving statistics as they are now.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn weights(&self) -> Result<NamedWeights, TrainError> {
        let mut weights = NamedWeights::new();
        // Batch norm's statistics reach the module's own copy only in `valid`.
        for (name, shape, values) in named_weights(&self.model().valid()) {
            weights.insert(name, StoredWeight::new(shape, read_numbers(values).await?));
        }
        Ok(weights)
    }

    /// The run as it stands; `classes` are those it was prepared with.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn checkpoint(&self, classes: ClassChoice) -> Result<Checkpoint, TrainError> {
        let mut moments = std::collections::BTreeMap::new();
        for (name, kept) in self.optimizer().moments() {
            let [first, second, largest] = [&kept.first, &kept.second, &kept.largest_second].map(|tensor| read_numbers(tensor.clone()));
            moments.insert(name.clone(), MomentValues { parts: [first.await?, second.await?, largest.await?] });
        }
        Ok(Checkpoint {
            network: self.settings().spec.choices().clone(),
            hyperparameters: self.settings().hyperparameters,
            classes,
            frozen: self.frozen(),
            steps_done: self.steps_done(),
            optimizer_steps: self.optimizer().steps(),
            weights: self.weights().await?,
            moments,
        })
    }
}
