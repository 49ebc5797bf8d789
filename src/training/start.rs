//! First weights of a run: drawn, read from a file, or some of each.

use std::collections::BTreeMap;

use burn::tensor::{Device, Tensor, TensorData};

use super::{AmsGrad, Moments};
use crate::dataset::ClassChoice;
use crate::hyperparameters::Hyperparameters;
use crate::model::{InitialWeights, WeightError, WeightRole, WeightSource};
use crate::protocol::TrainError;
use crate::spec::ResNetSpec;
use crate::starting_point::{FineTuning, Frozen, StartingPoint};
use crate::weights_file::{Checkpoint, MomentValues, NamedWeights, WeightsFileError, read, read_wanted};

/// What a [`super::Trainer`] starts from.
#[derive(Debug, Default)]
pub struct Start {
    /// Weights that are not drawn from the seed.
    weights: NamedWeights,
    /// Layers that stay as they start.
    pub frozen: Frozen,
    /// Steps that were done before.
    pub steps_done: usize,
    optimizer_steps: i32,
    moments: BTreeMap<String, MomentValues>,
    /// What a run that goes on was made with.
    resumed: Option<(Hyperparameters, ClassChoice)>,
}

impl Start {
    /// Opens the files of `point`; all is checked before anything is used.
    ///
    /// # Errors
    /// When a file is damaged or was made for another network.
    pub fn new(point: &StartingPoint, spec: &ResNetSpec) -> Result<Self, TrainError> {
        Self::open(point, spec).map_err(|error| TrainError::WeightsFile { reason: error.to_string() })
    }

    fn open(point: &StartingPoint, spec: &ResNetSpec) -> Result<Self, WeightsFileError> {
        match point {
            StartingPoint::Fresh => Ok(Self::default()),
            StartingPoint::Weights(bytes) => Ok(Self { weights: read(bytes, spec)?, ..Self::default() }),
            StartingPoint::Checkpoint(bytes) => {
                let Checkpoint { network, hyperparameters, classes, frozen, steps_done, optimizer_steps, weights, moments } =
                    Checkpoint::from_bytes(bytes)?;
                if network != *spec.choices() {
                    return Err(WeightsFileError::Checkpoint {
                        reason: "it was made for another network: set the controls to it first".into(),
                    });
                }
                Ok(Self { weights, frozen, steps_done, optimizer_steps, moments, resumed: Some((hyperparameters, classes)) })
            }
            StartingPoint::FineTuning(FineTuning { weights, replaced, frozen }) => {
                let weights = read_wanted(weights, spec, |name| !replaced.holds(name))?;
                Ok(Self { weights, frozen: *frozen, ..Self::default() })
            }
        }
    }

    /// Whether a run that goes on would see the same images in the same order. Learning rate, penalty and epochs may change.
    ///
    /// # Errors
    /// Names the first setting that differs.
    pub fn check_same_run(&self, asked: &Hyperparameters, classes: &ClassChoice) -> Result<(), TrainError> {
        let Some((saved, saved_classes)) = &self.resumed else { return Ok(()) };
        let numbers = [
            ("batch size", saved.batch_size as u64, asked.batch_size as u64),
            ("number of training images", saved.training_images as u64, asked.training_images as u64),
            ("seed", saved.seed, asked.seed),
        ];
        if let Some((setting, saved, asked)) = numbers.into_iter().find(|(_, saved, asked)| saved != asked) {
            let reason =
                format!("the checkpoint's run has {setting} {saved}, not {asked}: set it back, or use the file as starting weights");
            return Err(TrainError::WeightsFile { reason });
        }
        if saved_classes != classes {
            let reason = "the checkpoint's run has other classes: choose those, or use the file as starting weights".into();
            return Err(TrainError::WeightsFile { reason });
        }
        Ok(())
    }

    /// Weights of a network that starts here; `seed` draws those that no file gave.
    pub(super) fn source(&self, seed: u64) -> impl WeightSource + use<'_> {
        StartSource { weights: &self.weights, drawn: InitialWeights::new(seed) }
    }

    /// The optimizer as it stood.
    pub(super) fn optimizer(&self, device: &Device) -> AmsGrad {
        let upload = |values: &Vec<f32>| Tensor::<1>::from_data(TensorData::new(values.clone(), [values.len()]), device);
        let moments = self.moments.iter().map(|(name, MomentValues { parts: [first, second, largest] })| {
            (name.clone(), Moments { first: upload(first), second: upload(second), largest_second: upload(largest) })
        });
        AmsGrad::resume(self.optimizer_steps, moments.collect())
    }
}

struct StartSource<'a> {
    weights: &'a NamedWeights,
    drawn: InitialWeights,
}

impl WeightSource for StartSource<'_> {
    fn values(&mut self, name: &str, role: WeightRole, shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        match self.weights.get(name) {
            Some(weight) => Ok(weight.values.clone()),
            None => self.drawn.values(name, role, shape),
        }
    }
}
