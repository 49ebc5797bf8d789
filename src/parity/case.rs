//! Reads a reference case.

use std::collections::BTreeMap;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use serde_json::Value;
use thiserror::Error;

use crate::checkpoint::floats;
use crate::model::{WeightError, WeightRole, WeightSource};
use crate::spec::{NetworkChoices, OPTIONS, ResNetSpec};

/// Files of a case, beside its `manifest.json`.
pub const CASE_FILES: [&str; 7] = [
    "weights.safetensors",
    "io.safetensors",
    "grads.safetensors",
    "bn_after_1step.safetensors",
    "adam_after_1step.safetensors",
    "adam_after_3steps.safetensors",
    "adam_mask.safetensors",
];

/// Why a case cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}: {reason}")]
pub struct CaseError {
    /// File of the case.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Named tensors of a safetensors file, row-major.
#[derive(Debug, Clone, Default)]
pub struct Tensors {
    file: String,
    tensors: BTreeMap<String, Vec<f32>>,
}

impl Tensors {
    /// Reads the tensors of 32-bit floats and bytes of a file.
    ///
    /// # Errors
    /// When it is no safetensors file.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Self, CaseError> {
        let parsed = SafeTensors::deserialize(bytes).map_err(|error| unusable(file, error))?;
        let numbers = |(name, tensor): (String, TensorView<'_>)| {
            let numbers = match tensor.dtype() {
                // Masks are bytes.
                Dtype::U8 => tensor.data().iter().map(|byte| f32::from(*byte)).collect(),
                _ => floats(&name, &tensor).ok()?,
            };
            Some((name, numbers))
        };
        Ok(Self { file: file.into(), tensors: parsed.tensors().into_iter().filter_map(numbers).collect() })
    }

    /// # Errors
    /// When there is no tensor of that name.
    pub fn get(&self, name: &str) -> Result<&[f32], CaseError> {
        self.tensors.get(name).map(Vec::as_slice).ok_or_else(|| unusable(&self.file, format!("has no {name}")))
    }

    /// Names in rising order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str)
    }
}

impl WeightSource for Tensors {
    fn values(&mut self, name: &str, _role: WeightRole, _shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        self.tensors.get(name).cloned().ok_or_else(|| WeightError::Missing(name.into()))
    }
}

/// What Keras computed for one network and one batch.
#[derive(Debug, Clone)]
pub struct ReferenceCase {
    /// The network.
    pub spec: ResNetSpec,
    /// Right classes of the batch.
    pub labels: Vec<i32>,
    /// Cross-entropy in inference mode.
    pub inference_loss: f64,
    /// Cross-entropy and L2 penalty before each of three steps, in training mode.
    pub losses: Vec<[f64; 2]>,
    /// The files in the order of [`CASE_FILES`].
    files: Vec<Tensors>,
}

impl ReferenceCase {
    /// Reads a case from the bytes of its manifest and of [`CASE_FILES`], in that order.
    ///
    /// # Errors
    /// Names the file that is not what it should be.
    pub fn parse(manifest: &[u8], files: &[Vec<u8>]) -> Result<Self, CaseError> {
        let wrong = |reason: &dyn std::fmt::Display| unusable("manifest.json", reason);
        let manifest: Value = serde_json::from_slice(manifest).map_err(|error| wrong(&error))?;
        let number = |value: &Value, key: &str| value[key].as_f64().ok_or_else(|| wrong(&format!("has no number {key}")));
        let spec = ResNetSpec::new(choices(&manifest).map_err(|reason| wrong(&reason))?).map_err(|error| wrong(&error))?;
        let labels = manifest["labels"].as_array().ok_or_else(|| wrong(&"has no labels"))?;
        let history = manifest["adam_history"].as_array().ok_or_else(|| wrong(&"has no adam_history"))?;
        Ok(Self {
            spec,
            labels: labels.iter().filter_map(Value::as_i64).map(|label| label as i32).collect(),
            inference_loss: number(&manifest, "infer_ce")?,
            losses: history.iter().map(|step| Ok([number(step, "ce")?, number(step, "l2")?])).collect::<Result<_, CaseError>>()?,
            files: CASE_FILES.iter().zip(files).map(|(file, bytes)| Tensors::parse(file, bytes)).collect::<Result<_, _>>()?,
        })
    }

    /// One of [`CASE_FILES`].
    ///
    /// # Errors
    /// When the case was read without it.
    pub fn file(&self, name: &str) -> Result<&Tensors, CaseError> {
        self.files.iter().find(|file| file.file == name).ok_or_else(|| unusable(name, "is missing"))
    }
}

/// The manifest's choices; what it does not name is the tutorial's. It says `filters` for start filters;
/// any other option may stand under its field name or its name in a link.
fn choices(manifest: &Value) -> Result<NetworkChoices, String> {
    let mut choices = NetworkChoices::default();
    for option in OPTIONS {
        // A manifest's `seed` or `dtype` is no option, so only known names are looked up.
        let names = [option.key.to_string(), option.option.to_string(), option.option.replace('-', "_")];
        let Some(value) = names.iter().map(|name| &manifest[name.as_str()]).find(|value| !value.is_null()) else { continue };
        let text = match value {
            Value::String(text) => text.replace('_', "-"),
            Value::Array(places) => places.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("-"),
            other => other.to_string(),
        };
        option.set(&mut choices, &text).ok_or_else(|| format!("{} must be {}, not {text}", option.option, option.wanted()))?;
    }
    Ok(choices)
}

fn unusable(file: &str, reason: impl std::fmt::Display) -> CaseError {
    CaseError { file: file.into(), reason: reason.to_string() }
}
