//! Weights of a network from a file in either layout. All is checked before anything is given out.

use std::collections::{BTreeMap, BTreeSet};

use safetensors::SafeTensors;

use crate::experiment::weight_init::WeightLayout;
use crate::spec::ResNetSpec;

use super::WeightsFileError;
use super::expected::{ExpectedWeight, expected_weights};
use super::layout::{from_file, in_file};
use super::numbers::floats;
use super::parse::parse;
use super::prefixes::PREFIXES;

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
    let (file, layout) = open(bytes)?;
    let expected = expected_weights(spec);
    let known: BTreeSet<String> = expected.iter().map(|weight| in_file(weight, layout).0).collect();
    let mut unknown: Vec<String> =
        file.names().into_iter().filter(|name| !known.contains(*name) && !is_bookkeeping(name)).map(str::to_owned).collect();
    unknown.sort();
    let weights = collect(&file, layout, &expected)?;
    match unknown.split_first() {
        Some((name, more)) => Err(WeightsFileError::Unexpected { name: name.clone(), more: more.len() }),
        None => Ok(weights),
    }
}

/// Reads only the weights of `spec` whose names are `wanted`; whatever else the file holds does not matter.
///
/// # Errors
/// When the file is damaged, or lacks a wanted weight or has it in another shape.
pub fn read_wanted(bytes: &[u8], spec: &ResNetSpec, wanted: impl Fn(&str) -> bool) -> Result<NamedWeights, WeightsFileError> {
    let (file, layout) = open(bytes)?;
    let expected: Vec<ExpectedWeight> = expected_weights(spec).into_iter().filter(|weight| wanted(&weight.name)).collect();
    collect(&file, layout, &expected)
}

fn open(bytes: &[u8]) -> Result<(SafeTensors<'_>, WeightLayout), WeightsFileError> {
    let file = parse(bytes)?;
    // Keras calls every kernel so; PyTorch has no such name.
    let keras = file.names().iter().any(|name| name.ends_with(".kernel"));
    Ok((file, if keras { WeightLayout::Keras } else { WeightLayout::PyTorch }))
}

/// What files hold besides weights.
fn is_bookkeeping(name: &str) -> bool {
    name.ends_with(".num_batches_tracked") || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn collect(file: &SafeTensors<'_>, layout: WeightLayout, expected: &[ExpectedWeight]) -> Result<NamedWeights, WeightsFileError> {
    let missing: Vec<String> = expected.iter().map(|weight| in_file(weight, layout).0).filter(|name| file.tensor(name).is_err()).collect();
    if let Some((name, more)) = missing.split_first() {
        return Err(WeightsFileError::Missing { name: name.clone(), more: more.len() });
    }
    let mut weights = NamedWeights::new();
    for weight in expected {
        let (name, shape) = in_file(weight, layout);
        let Ok(tensor) = file.tensor(&name) else { continue };
        if tensor.shape() != shape {
            let hint = hint(&weight.name);
            return Err(WeightsFileError::Shape { name, expected: shape, found: tensor.shape().to_vec(), hint });
        }
        let values = floats(&name, &tensor)?;
        check_values(&name, &values)?;
        let values = from_file(values, &weight.shape, layout);
        weights.insert(weight.name.clone(), StoredWeight { shape: weight.shape.clone(), values });
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

/// What differs when the weight of that name has another shape.
fn hint(name: &str) -> &'static str {
    if name.starts_with("head.dense2.") {
        "it was made for another number of classes or dense units"
    } else if name.starts_with("head.dense") {
        "it was made with other dense units, start filters or pooling"
    } else if name.ends_with(".conv2.kernel") {
        "it was made for other start filters or another kernel size"
    } else {
        "it was made for other start filters or widenings"
    }
}
