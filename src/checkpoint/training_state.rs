//! A run as it stands: enough to go on as if it had never stopped.

use super::prefixes::{AVERAGE_PREFIX, BEST_PREFIX, OPTIMIZER_PREFIX};
use std::collections::BTreeMap;

use safetensors::SafeTensors;
use serde::{Deserialize, Serialize};

use crate::dataset::ClassChoice;
use crate::experiment::callbacks::Callbacks;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::experiment::weight_init::Frozen;
use crate::language::tr;
use crate::spec::{NetworkChoices, ResNetSpec};

use super::numbers::floats;
use super::parse::{METADATA, metadata, parse};
use super::read::{NamedWeights, StoredWeight, check_values};
use super::recount::Recount;
use super::seal::{is_broken, sealed};
use super::write::{little_endian, pack};
use super::{WeightsFileError, read};

const VERSION: u32 = 2;
/// Files of that version count steps without the incomplete last batch of an epoch.
const WHOLE_BATCHES_ALONE: u32 = 1;

/// What the optimizer remembers of one weight, row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct MemoryValues {
    /// In the order of [`crate::experiment::hyperparameters::OptimizerKind::memory_parts`].
    pub parts: Vec<Vec<f32>>,
}

/// A run as it stands.
///
/// Random streams need no entry of their own: each is drawn from the seed, its purpose and the step or
/// epoch, so `steps_done` is where all of them stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// The network.
    pub network: NetworkChoices,
    /// How it is trained.
    pub hyperparameters: Hyperparameters,
    /// Classes that take part; empty means all.
    pub classes: ClassChoice,
    /// Layers that stay as they are.
    pub frozen: Frozen,
    /// Training steps done; the epoch follows from them.
    pub steps_done: usize,
    /// Steps that the optimizer has counted.
    pub optimizer_steps: i32,
    /// What it remembers from epoch to epoch.
    pub callbacks: Callbacks,
    /// All weights and moving statistics.
    pub weights: NamedWeights,
    /// What the optimizer remembers, by the names of the weights that are trained.
    pub memory: BTreeMap<String, MemoryValues>,
    /// The weights' moving average and how often it was updated, where there is one.
    pub average: Option<(NamedWeights, usize)>,
    /// The weights with the lowest validation loss, where there are any.
    pub best: Option<NamedWeights>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Header {
    version: u32,
    pub(super) network: NetworkChoices,
    pub(super) checkpoint: Option<Progress>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Progress {
    pub(super) hyperparameters: Hyperparameters,
    pub(super) classes: ClassChoice,
    frozen: Frozen,
    pub(super) steps_done: usize,
    optimizer_steps: i32,
    #[serde(default)]
    callbacks: Callbacks,
    #[serde(default)]
    average_updates: usize,
    /// CRC-32 of all values, tensors in the order of their names.
    checksum: u32,
}

impl Header {
    /// What became of the numbers of its steps since it was written.
    pub(super) fn recount(&self) -> Option<Recount> {
        let progress = self.checkpoint.as_ref().filter(|_| self.version == WHOLE_BATCHES_ALONE)?;
        Recount::of(&progress.hyperparameters)
    }
}

impl Checkpoint {
    /// A safetensors file with Keras names, so that its weights open anywhere.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut tensors: BTreeMap<String, (Vec<usize>, Vec<u8>)> = BTreeMap::new();
        let average = self.average.as_ref().map(|(weights, _)| weights);
        for (prefix, weights) in [("", Some(&self.weights)), (AVERAGE_PREFIX, average), (BEST_PREFIX, self.best.as_ref())] {
            for (name, weight) in weights.into_iter().flatten() {
                tensors.insert(format!("{prefix}{name}"), (weight.shape.clone(), little_endian(&weight.values)));
            }
        }
        for (name, memory) in &self.memory {
            for (part, values) in self.hyperparameters.optimizer.kind.memory_parts().iter().zip(&memory.parts) {
                tensors.insert(format!("{OPTIMIZER_PREFIX}{part}.{name}"), (vec![values.len()], little_endian(values)));
            }
        }
        let progress = Progress {
            hyperparameters: self.hyperparameters,
            classes: self.classes.clone(),
            frozen: self.frozen,
            steps_done: self.steps_done,
            optimizer_steps: self.optimizer_steps,
            callbacks: self.callbacks.clone(),
            average_updates: self.average.as_ref().map_or(0, |(_, updates)| *updates),
            checksum: checksum(tensors.values().map(|(_, bytes)| bytes.as_slice())),
        };
        let header = Header { version: VERSION, network: self.network.clone(), checkpoint: Some(progress) };
        let header = serde_json::to_string(&header).unwrap_or_default();
        let header = sealed(&header, tensors.iter().map(|(name, (shape, _))| (name.as_str(), shape.as_slice())));
        let tensors: Vec<_> = tensors.into_iter().map(|(name, (shape, bytes))| (name, shape, bytes)).collect();
        pack(&tensors, header)
    }

    /// # Errors
    /// When the file is damaged, is no checkpoint, or does not fit its own network.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsFileError> {
        let file = parse(bytes)?;
        let unreadable = |reason: String| WeightsFileError::Checkpoint { reason };
        let text = metadata(bytes, METADATA).ok_or(WeightsFileError::NoCheckpoint)?;
        let header: Header = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
        if !(WHOLE_BATCHES_ALONE..=VERSION).contains(&header.version) {
            return Err(unreadable(tr!(
                "it has version {version}, this page reads versions up to {newest}",
                version = header.version,
                newest = VERSION
            )));
        }
        let recount = header.recount();
        let progress = header.checkpoint.ok_or(WeightsFileError::NoCheckpoint)?;
        let spec = ResNetSpec::new(header.network.clone()).map_err(|error| unreadable(error.to_string()))?;
        progress.hyperparameters.check().map_err(|error| unreadable(error.to_string()))?;
        let mut names = file.names();
        names.sort();
        if checksum(names.iter().filter_map(|name| Some(file.tensor(name).ok()?.data()))) != progress.checksum {
            return Err(WeightsFileError::Checksum);
        }
        // After the version: a file of a later page may be sealed otherwise.
        if is_broken(&text, &file) {
            return Err(WeightsFileError::Checksum);
        }
        let weights = read(bytes, &spec)?;
        let mut memory = BTreeMap::new();
        let wanted_parts = progress.hyperparameters.optimizer.kind.memory_parts();
        for (name, weight) in &weights {
            let mut parts = Vec::new();
            for part in wanted_parts {
                let name = format!("{OPTIMIZER_PREFIX}{part}.{name}");
                let Ok(tensor) = file.tensor(&name) else { continue };
                let values = floats(&name, &tensor)?;
                if values.len() != weight.values.len() {
                    return Err(unreadable(tr!("{name} has another size than its weight", name)));
                }
                parts.push(values);
            }
            if parts.len() == wanted_parts.len() {
                memory.insert(name.clone(), MemoryValues { parts });
            } else if !parts.is_empty() {
                return Err(unreadable(tr!("the optimizer's memory of {name} is incomplete", name)));
            }
        }
        let average = other_weights(&file, AVERAGE_PREFIX, &weights)?.map(|weights| (weights, progress.average_updates));
        let best = other_weights(&file, BEST_PREFIX, &weights)?;
        Ok(Self {
            network: header.network,
            hyperparameters: progress.hyperparameters,
            classes: progress.classes,
            frozen: progress.frozen,
            steps_done: recount.map_or(progress.steps_done, |recount| recount.step(progress.steps_done)),
            optimizer_steps: progress.optimizer_steps,
            callbacks: progress.callbacks,
            weights,
            memory,
            average,
            best,
        })
    }
}

/// Another set of weights of the same network, stored beside it; none where the file has none.
fn other_weights(file: &SafeTensors<'_>, prefix: &str, like: &NamedWeights) -> Result<Option<NamedWeights>, WeightsFileError> {
    if !file.names().iter().any(|name| name.starts_with(prefix)) {
        return Ok(None);
    }
    let mut weights = NamedWeights::new();
    for (name, weight) in like {
        let stored = format!("{prefix}{name}");
        let Ok(tensor) = file.tensor(&stored) else { return Err(WeightsFileError::Missing { name: stored, more: 0 }) };
        if tensor.shape() != weight.shape {
            let reason = tr!("{stored} has another shape than {name}", stored, name);
            return Err(WeightsFileError::Checkpoint { reason });
        }
        let values = floats(&stored, &tensor)?;
        check_values(&stored, &values)?;
        weights.insert(name.clone(), StoredWeight { shape: weight.shape.clone(), values });
    }
    Ok(Some(weights))
}

fn checksum<'a>(parts: impl Iterator<Item = &'a [u8]>) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    parts.for_each(|part| hasher.update(part));
    hasher.finalize()
}

impl StoredWeight {
    /// A weight of that Keras shape.
    pub fn new(shape: Vec<usize>, values: Vec<f32>) -> Self {
        Self { shape, values }
    }
}
