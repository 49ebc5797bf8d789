//! Whether a file has the weights of a network, and if not, why.

use std::collections::BTreeSet;

use crate::language::text;
use crate::spec::ResNetSpec;

use super::layout::in_file;
use super::network_words::told_from;
use super::survey::WeightsSurvey;
use super::{ExpectedWeight, WeightsFileError, expected_weights};

impl WeightsSurvey {
    /// Whether the file has exactly the weights of the network.
    ///
    /// # Errors
    /// When a weight is missing, has another shape, or is too many; where the file is of another network, which one.
    pub fn check(&self, spec: &ResNetSpec) -> Result<(), WeightsFileError> {
        let expected = expected_weights(spec);
        self.check_these(&expected).and_then(|()| self.check_nothing_else(&expected)).map_err(|symptom| self.cause(spec, symptom))
    }

    /// Whether the file has the weights of the network whose names are `wanted`; whatever else it holds does not matter.
    ///
    /// # Errors
    /// When one is missing or has another shape; where the file is of another network, which one.
    pub fn check_wanted(&self, spec: &ResNetSpec, wanted: impl Fn(&str) -> bool) -> Result<(), WeightsFileError> {
        let expected: Vec<ExpectedWeight> = expected_weights(spec).into_iter().filter(|weight| wanted(&weight.name)).collect();
        self.check_these(&expected).map_err(|symptom| self.cause(spec, symptom))
    }

    fn check_these(&self, wanted: &[ExpectedWeight]) -> Result<(), WeightsFileError> {
        let mut missing = wanted.iter().filter(|weight| !self.shapes.contains_key(&weight.name));
        if let Some(first) = missing.next() {
            return Err(WeightsFileError::Missing { name: in_file(first, self.layout).0, more: missing.count() });
        }
        let other = wanted.iter().find(|weight| self.shapes.get(&weight.name) != Some(&weight.shape));
        match other {
            None => Ok(()),
            Some(weight) => {
                let found = ExpectedWeight { name: weight.name.clone(), shape: self.shapes.get(&weight.name).cloned().unwrap_or_default() };
                let (name, expected) = in_file(weight, self.layout);
                Err(WeightsFileError::Shape { name, expected, found: in_file(&found, self.layout).1, hint: hint(&weight.name) })
            }
        }
    }

    fn check_nothing_else(&self, expected: &[ExpectedWeight]) -> Result<(), WeightsFileError> {
        let known: BTreeSet<&str> = expected.iter().map(|weight| weight.name.as_str()).collect();
        let strange = self.shapes.keys().filter(|name| !known.contains(name.as_str())).filter_map(|name| self.name_in_file(name));
        let mut unexpected: Vec<&str> = strange.chain(self.unexpected.iter().map(String::as_str)).collect();
        unexpected.sort_unstable();
        match unexpected.split_first() {
            Some((name, more)) => Err(WeightsFileError::Unexpected { name: (*name).into(), more: more.len() }),
            None => Ok(()),
        }
    }

    /// The cause of a symptom: another network, or another library's.
    fn cause(&self, spec: &ResNetSpec, symptom: WeightsFileError) -> WeightsFileError {
        let other = self.network(spec.choices()).and_then(|choices| ResNetSpec::new(choices).ok());
        match (other, self.library()) {
            (Some(other), _) => {
                WeightsFileError::OtherNetwork { file: told_from(&other, spec.choices()), here: told_from(spec, other.choices()) }
            }
            (None, Some(library)) => {
                let name = self.left_over.first().cloned().unwrap_or_default();
                WeightsFileError::OtherLibrary { library, name }
            }
            (None, None) => symptom,
        }
    }
}

/// What differs when the weight of that name has another shape.
fn hint(name: &str) -> &'static str {
    if name.starts_with("head.dense2.") {
        text!("it was made for another number of classes or dense units")
    } else if name.starts_with("head.dense") {
        text!("it was made with other dense units, start filters or pooling")
    } else if name.ends_with(".conv2.kernel") {
        text!("it was made for other start filters or another kernel size")
    } else {
        text!("it was made for other start filters or widenings")
    }
}
