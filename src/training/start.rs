//! First weights of a run: drawn, read from a file, or some of each.

use std::collections::BTreeMap;

use burn::tensor::{Device, Tensor, TensorData};

use super::{Optimizer, WeightAverage, WeightMemory};
use crate::checkpoint::autosave::Past;
use crate::checkpoint::{Checkpoint, FileContents, MemoryValues, NamedWeights, Recount, WeightsFileError, read, read_wanted};
use crate::dataset::ClassChoice;
use crate::experiment::TrainError;
use crate::experiment::callbacks::Callbacks;
use crate::experiment::hyperparameters::{Hyperparameters, OptimizerChoice};
use crate::experiment::weight_init::{FineTuning, Frozen, StartingPoint};
use crate::language::{text, tr};
use crate::model::{InitialWeights, ResNet, WeightError, WeightRole, WeightSource};
use crate::spec::ResNetSpec;

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
    memory: BTreeMap<String, MemoryValues>,
    /// What the run remembers from epoch to epoch.
    pub callbacks: Callbacks,
    average: Option<(NamedWeights, usize)>,
    best: Option<NamedWeights>,
    /// What a run that goes on was made with.
    resumed: Option<(Hyperparameters, ClassChoice)>,
    recount: Option<Recount>,
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
            // What a browser kept reaches a trainer as the checkpoint in it.
            StartingPoint::Fresh | StartingPoint::Kept(_) => Ok(Self::default()),
            StartingPoint::Weights(bytes) => Ok(Self { weights: read(bytes, spec)?, ..Self::default() }),
            StartingPoint::Checkpoint(bytes) => {
                let saved = Checkpoint::from_bytes(bytes)?;
                if saved.network != *spec.choices() {
                    return Err(WeightsFileError::Checkpoint {
                        reason: text!("it was made for another network: set the controls to it first").into(),
                    });
                }
                Ok(Self {
                    weights: saved.weights,
                    frozen: saved.frozen,
                    steps_done: saved.steps_done,
                    optimizer_steps: saved.optimizer_steps,
                    memory: saved.memory,
                    callbacks: saved.callbacks,
                    average: saved.average,
                    best: saved.best,
                    resumed: Some((saved.hyperparameters, saved.classes)),
                    recount: FileContents::of(bytes).and_then(|contents| contents.recount()),
                })
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
        if let Some((setting, saved, asked)) = saved.fixed_difference(asked) {
            let reason = tr!(
                "the checkpoint's run has {setting} {saved}, not {asked}: set it back, or use the file as starting weights",
                setting,
                saved,
                asked
            );
            return Err(TrainError::WeightsFile { reason });
        }
        if saved_classes != classes {
            let reason = text!("the checkpoint's run has other classes: choose those, or use the file as starting weights").into();
            return Err(TrainError::WeightsFile { reason });
        }
        Ok(())
    }

    /// What the run had measured, by the numbers that its steps have now.
    pub fn recounted(&self, past: Past) -> Past {
        match self.recount {
            Some(recount) => recount.past(past),
            None => past,
        }
    }

    /// Weights of a network that starts here; `seed` draws those that no file gave.
    pub(super) fn source(&self, seed: u64) -> impl WeightSource + use<'_> {
        StartSource { weights: &self.weights, drawn: InitialWeights::new(seed) }
    }

    /// The optimizer as it stood.
    pub(super) fn optimizer(&self, choice: OptimizerChoice, device: &Device) -> Optimizer {
        let upload = |values: &Vec<f32>| Tensor::<1>::from_data(TensorData::new(values.clone(), [values.len()]), device);
        let memory = self.memory.iter().filter_map(|(name, MemoryValues { parts })| {
            let parts = parts.iter().map(upload).collect();
            Some((name.clone(), WeightMemory::from_parts(choice.kind, parts)?))
        });
        Optimizer::resume(choice, self.optimizer_steps, memory.collect())
    }

    /// The weights' moving average as it stood.
    pub(super) fn average(&self, spec: &ResNetSpec, device: &Device) -> Result<Option<WeightAverage>, WeightError> {
        let Some((weights, updates)) = &self.average else { return Ok(None) };
        Ok(Some(WeightAverage::resume(network(weights, spec, device)?, *updates)))
    }

    /// The best weights so far.
    pub(super) fn best(&self, spec: &ResNetSpec, device: &Device) -> Result<Option<ResNet>, WeightError> {
        self.best.as_ref().map(|weights| network(weights, spec, device)).transpose()
    }
}

fn network(weights: &NamedWeights, spec: &ResNetSpec, device: &Device) -> Result<ResNet, WeightError> {
    // All weights are there: the file was checked. Nothing is drawn.
    ResNet::new(spec, device, &mut StartSource { weights, drawn: InitialWeights::new(0) })
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
