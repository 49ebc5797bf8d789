//! A run as it stands: enough to go on as if it had never stopped.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::dataset::ClassChoice;
use crate::hyperparameters::Hyperparameters;
use crate::spec::{NetworkChoices, ResNetSpec};
use crate::starting_point::Frozen;

use super::numbers::floats;
use super::parse::{metadata, parse};
use super::read::{NamedWeights, StoredWeight};
use super::write::{METADATA, little_endian, pack};
use super::{WeightsFileError, read};

/// What names of the optimizer's tensors start with.
pub(super) const OPTIMIZER_PREFIX: &str = "optimizer.";
const PARTS: [&str; 3] = ["first", "second", "largest_second"];
const VERSION: u32 = 1;

/// What the optimizer remembers of one weight, row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct MomentValues {
    /// Moving mean of the gradient, of the squared gradient, and the largest of the latter.
    pub parts: [Vec<f32>; 3],
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
    /// All weights and moving statistics.
    pub weights: NamedWeights,
    /// By the names of the weights that are trained.
    pub moments: BTreeMap<String, MomentValues>,
}

#[derive(Serialize, Deserialize)]
struct Header {
    version: u32,
    network: NetworkChoices,
    checkpoint: Option<Progress>,
}

#[derive(Serialize, Deserialize)]
struct Progress {
    hyperparameters: Hyperparameters,
    classes: ClassChoice,
    frozen: Frozen,
    steps_done: usize,
    optimizer_steps: i32,
    /// CRC-32 of all values, tensors in the order of their names.
    checksum: u32,
}

impl Checkpoint {
    /// A safetensors file with Keras names, so that its weights open anywhere.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut tensors: BTreeMap<String, (Vec<usize>, Vec<u8>)> =
            self.weights.iter().map(|(name, weight)| (name.clone(), (weight.shape.clone(), little_endian(&weight.values)))).collect();
        for (name, moments) in &self.moments {
            for (part, values) in PARTS.iter().zip(&moments.parts) {
                tensors.insert(format!("{OPTIMIZER_PREFIX}{part}.{name}"), (vec![values.len()], little_endian(values)));
            }
        }
        let progress = Progress {
            hyperparameters: self.hyperparameters,
            classes: self.classes.clone(),
            frozen: self.frozen,
            steps_done: self.steps_done,
            optimizer_steps: self.optimizer_steps,
            checksum: checksum(tensors.values().map(|(_, bytes)| bytes.as_slice())),
        };
        let header = Header { version: VERSION, network: self.network.clone(), checkpoint: Some(progress) };
        let header = serde_json::to_string(&header).unwrap_or_default();
        let tensors: Vec<_> = tensors.into_iter().map(|(name, (shape, bytes))| (name, shape, bytes)).collect();
        pack(&tensors, header)
    }

    /// # Errors
    /// When the file is damaged, is no checkpoint, or does not fit its own network.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsFileError> {
        let file = parse(bytes)?;
        let unreadable = |reason: String| WeightsFileError::Checkpoint { reason };
        let header = metadata(bytes, METADATA).ok_or(WeightsFileError::NoCheckpoint)?;
        let header: Header = serde_json::from_str(&header).map_err(|error| unreadable(error.to_string()))?;
        if header.version != VERSION {
            return Err(unreadable(format!("it has version {}, this page reads version {VERSION}", header.version)));
        }
        let progress = header.checkpoint.ok_or(WeightsFileError::NoCheckpoint)?;
        let spec = ResNetSpec::new(header.network.clone()).map_err(|error| unreadable(error.to_string()))?;
        progress.hyperparameters.check().map_err(|error| unreadable(error.to_string()))?;
        let mut names = file.names();
        names.sort();
        if checksum(names.iter().filter_map(|name| Some(file.tensor(name).ok()?.data()))) != progress.checksum {
            return Err(WeightsFileError::Checksum);
        }
        let weights = read(bytes, &spec)?;
        let mut moments = BTreeMap::new();
        for (name, weight) in &weights {
            let part = |part: &str| -> Result<Option<Vec<f32>>, WeightsFileError> {
                let name = format!("{OPTIMIZER_PREFIX}{part}.{name}");
                let Ok(tensor) = file.tensor(&name) else { return Ok(None) };
                let values = floats(&name, &tensor)?;
                let fits = values.len() == weight.values.len();
                if fits { Ok(Some(values)) } else { Err(unreadable(format!("{name} has another size than its weight"))) }
            };
            let [first, second, largest_second] = PARTS.map(part);
            match (first?, second?, largest_second?) {
                (Some(first), Some(second), Some(largest)) => {
                    moments.insert(name.clone(), MomentValues { parts: [first, second, largest] });
                }
                (None, None, None) => {}
                _ => return Err(unreadable(format!("the optimizer's memory of {name} is incomplete"))),
            }
        }
        Ok(Self {
            network: header.network,
            hyperparameters: progress.hyperparameters,
            classes: progress.classes,
            frozen: progress.frozen,
            steps_done: progress.steps_done,
            optimizer_steps: progress.optimizer_steps,
            weights,
            moments,
        })
    }
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
