//! Weights of a network from a file in either layout. All is checked before anything is given out.

use std::collections::BTreeMap;

use safetensors::SafeTensors;

use crate::spec::ResNetSpec;

use super::WeightsFileError;
use super::expected::expected_weights;
use super::layout::{from_file, in_file};
use super::numbers::floats;
use super::parse::parse;
use super::survey::WeightsSurvey;

/// A weight in Keras' shape and order.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredWeight {
    /// Keras shape.
    pub shape: Vec<usize>,
    /// Row-major values.
    pub values: Vec<f32>,
}

/// Weights by their Keras names.
pub type NamedWeights = BTreeMap<String, StoredWeight>;

/// Reads all weights of `spec` from a file of either layout, or from a checkpoint.
///
/// # Errors
/// When the file is damaged, or its weights are not exactly those of the network.
pub fn read(bytes: &[u8], spec: &ResNetSpec) -> Result<NamedWeights, WeightsFileError> {
    let file = parse(bytes)?;
    let survey = WeightsSurvey::of_file(&file, true)?;
    survey.check(spec)?;
    collect(&file, &survey, spec, |_| true)
}

/// Reads only the weights of `spec` whose names are `wanted`; whatever else the file holds does not matter.
///
/// # Errors
/// When the file is damaged, or lacks a wanted weight or has it in another shape.
pub fn read_wanted(bytes: &[u8], spec: &ResNetSpec, wanted: impl Fn(&str) -> bool) -> Result<NamedWeights, WeightsFileError> {
    let file = parse(bytes)?;
    let survey = WeightsSurvey::of_file(&file, true)?;
    survey.check_wanted(spec, &wanted)?;
    collect(&file, &survey, spec, wanted)
}

/// The values of wanted weights, which are there in the right shape.
fn collect(
    file: &SafeTensors<'_>,
    survey: &WeightsSurvey,
    spec: &ResNetSpec,
    wanted: impl Fn(&str) -> bool,
) -> Result<NamedWeights, WeightsFileError> {
    let mut weights = NamedWeights::new();
    for weight in expected_weights(spec).into_iter().filter(|weight| wanted(&weight.name)) {
        let Some(name) = survey.name_in_file(&weight.name) else { continue };
        let Ok(tensor) = file.tensor(name) else { continue };
        let values = floats(name, &tensor)?;
        check_values(&in_file(&weight, survey.layout).0, &values)?;
        let values = from_file(values, &weight.shape, survey.layout);
        weights.insert(weight.name, StoredWeight { shape: weight.shape, values });
    }
    Ok(weights)
}

pub(super) fn check_values(name: &str, values: &[f32]) -> Result<(), WeightsFileError> {
    if let Some(index) = values.iter().position(|value| !value.is_finite()) {
        return Err(WeightsFileError::NotFinite { name: name.into(), index });
    }
    let is_variance = name.ends_with(".moving_variance") || name.ends_with(".running_var");
    match values.iter().position(|value| is_variance && *value < 0.0) {
        Some(index) => Err(WeightsFileError::NegativeVariance { name: name.into(), index }),
        None => Ok(()),
    }
}
