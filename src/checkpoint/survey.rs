//! What a file of weights holds, by its header alone: which names stand for which weights, and which network they fit.

use std::collections::BTreeMap;

use safetensors::{Dtype, SafeTensors};

use crate::experiment::weight_init::WeightLayout;
use crate::language::{text, tr};
use crate::spec::{NetworkChoices, ResNetSpec};

use super::WeightsFileError;
use super::expected::expected_weights;
use super::fitting_network::{WeightShapes, fits, nearest_network, network_of};
use super::layout::keras_shape;
use super::libraries::library_of;
use super::parse::{METADATA, metadata, parse};
use super::prefixes::PREFIXES;
use super::tensor_names::TensorName;

/// Words in a prefix that say that a copy of the weights is no plain one.
const OTHER_COPIES: [&str; 12] =
    ["ema", "average", "averaged", "avg", "swa", "shadow", "best", "teacher", "target", "optimizer", "optim", "polyak"];

/// First words of names that are about a training, not about a network.
const BOOKKEEPING: [&str; 12] = [
    "optimizer",
    "optimizers",
    "optim",
    "optimizer_state",
    "scheduler",
    "lr_scheduler",
    "lr_schedulers",
    "scaler",
    "grad_scaler",
    "callbacks",
    "loops",
    "rng_state",
];

/// What a file of weights holds. No number in it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightsSurvey {
    /// Order of axes, and names.
    pub layout: WeightLayout,
    /// What stands before every name and was taken off; empty where nothing does.
    pub prefix: String,
    /// Shapes of the weights by their Keras names, in Keras' order of axes.
    pub shapes: WeightShapes,
    /// Names in the file that stand for none of these weights.
    pub left_over: Vec<String>,
    /// Prefixes of further copies of the weights.
    pub other_copies: Vec<String>,
    /// Names in the file by Keras names.
    names: BTreeMap<String, String>,
    /// Those of the left-over names that cannot be left out without a word.
    pub(super) unexpected: Vec<String>,
    /// Whether wrappers stand between the parts of names.
    is_wrapped_inside: bool,
    /// Whether a page of ours wrote it.
    is_ours: bool,
}

impl WeightsSurvey {
    /// Looks into a file.
    ///
    /// # Errors
    /// When it is no sound safetensors file, or holds no weights of a network of ours; the sentence says what it is.
    pub fn of(bytes: &[u8]) -> Result<Self, WeightsFileError> {
        Self::of_file(&parse(bytes)?, metadata(bytes, METADATA).is_some())
    }

    pub(super) fn of_file(file: &SafeTensors<'_>, is_ours: bool) -> Result<Self, WeightsFileError> {
        let mut all: Vec<&str> = file.names();
        all.sort_unstable();
        let first = all.first().ok_or(WeightsFileError::NoTensors)?;
        let mut copies: BTreeMap<String, Vec<(TensorName, &str)>> = BTreeMap::new();
        let mut others: Vec<&str> = Vec::new();
        for name in &all {
            match TensorName::parse(name) {
                Some(parsed) => copies.entry(parsed.prefix.clone()).or_default().push((parsed, name)),
                None => others.push(name),
            }
        }
        let Some(prefix) = plain_copy(&copies) else {
            return Err(match library_of(&all) {
                Some(library) => WeightsFileError::OtherLibrary { library, name: (*first).into() },
                None => WeightsFileError::OtherNames { name: (*first).into() },
            });
        };
        let chosen = copies.remove(&prefix).unwrap_or_default();
        let is_keras = chosen.iter().any(|(name, _)| name.layout == Some(WeightLayout::Keras));
        let mut survey = Self {
            layout: if is_keras { WeightLayout::Keras } else { WeightLayout::PyTorch },
            prefix,
            shapes: WeightShapes::new(),
            left_over: others.iter().map(|name| (*name).to_owned()).collect(),
            other_copies: copies.keys().filter(|prefix| !PREFIXES.iter().any(|own| prefix.starts_with(own))).cloned().collect(),
            names: BTreeMap::new(),
            unexpected: Vec::new(),
            is_wrapped_inside: chosen.iter().any(|(name, _)| name.is_wrapped_inside),
            is_ours,
        };
        for (parsed, name) in chosen {
            // A count of batches is no weight.
            let (Some(weight), Ok(tensor)) = (parsed.weight, file.tensor(name)) else { continue };
            if !matches!(tensor.dtype(), Dtype::F32 | Dtype::F64 | Dtype::BF16 | Dtype::F16) {
                return Err(WeightsFileError::number_kind(name, &format!("{:?}", tensor.dtype())));
            }
            if survey.names.contains_key(&weight) {
                survey.left_over.push(name.into());
                continue;
            }
            survey.shapes.insert(weight.clone(), keras_shape(tensor.shape(), survey.layout));
            survey.names.insert(weight, name.into());
        }
        // Beside a network that is wrapped there may be anything; beside one that is not, whatever is no count may be a layer of it.
        let is_count =
            |name: &str| !name.contains('.') && file.tensor(name).is_ok_and(|tensor| tensor.shape().iter().all(|size| *size == 1));
        if survey.prefix.is_empty() {
            survey.unexpected = survey.left_over.iter().filter(|name| !is_bookkeeping(name) && !is_count(name)).cloned().collect();
        }
        survey.left_over.extend(copies.into_values().flatten().map(|(_, name)| name.to_owned()));
        survey.left_over.sort();
        Ok(survey)
    }

    /// The network that the file fits exactly; what weights do not tell is as in `otherwise`.
    pub fn network(&self, otherwise: &NetworkChoices) -> Option<NetworkChoices> {
        if self.unexpected.is_empty() { network_of(&self.shapes, otherwise) } else { None }
    }

    /// The network that the file is nearest to, though weights are missing or too many.
    pub fn nearest_network(&self, otherwise: &NetworkChoices) -> Option<ResNetSpec> {
        nearest_network(&self.shapes, otherwise)
    }

    /// Whether the file holds exactly the weights of the network.
    pub fn fits(&self, spec: &ResNetSpec) -> bool {
        self.unexpected.is_empty() && fits(&self.shapes, spec)
    }

    /// Keras names of the network's weights that the file lacks.
    pub fn missing(&self, spec: &ResNetSpec) -> Vec<String> {
        let expected = expected_weights(spec).into_iter().map(|weight| weight.name);
        expected.filter(|name| !self.names.contains_key(name)).collect()
    }

    /// Name in the file of a weight by its Keras name.
    pub(super) fn name_in_file(&self, weight: &str) -> Option<&str> {
        self.names.get(weight).map(String::as_str)
    }

    /// The library whose networks have such names.
    pub(super) fn library(&self) -> Option<&'static str> {
        let names: Vec<&str> = self.names.values().chain(&self.left_over).map(String::as_str).collect();
        library_of(&names)
    }

    /// What was done to the names, in sentences for the visitor. Nothing for a file as the page writes it.
    pub fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        if self.is_ours && self.prefix.is_empty() {
            return notices;
        }
        if !self.prefix.is_empty() {
            let prefix = &self.prefix;
            notices.push(tr!("Every name of the file begins with “{prefix}”, which is no part of the network: it was taken off.", prefix));
        }
        if self.is_wrapped_inside {
            notices.push(text!("Names of the file have parts of a wrapper in them, such as “_orig_mod”: they were taken out.").into());
        }
        if !self.other_copies.is_empty() {
            let copies: Vec<String> = self.other_copies.iter().map(|prefix| in_words(prefix)).collect();
            let used = in_words(&self.prefix);
            notices.push(tr!(
                "The file holds the weights more than once, also {copies}: {used} are used.",
                copies = copies.join(text!(" and ")),
                used
            ));
        }
        let left_out = self.left_over.iter().filter(|name| TensorName::parse(name).is_none()).count();
        if left_out > 0 {
            let first = self.left_over.iter().find(|name| TensorName::parse(name).is_none()).map_or("", String::as_str);
            notices.push(match left_out - 1 {
                0 => tr!("{first} is no part of the network and left out.", first),
                more => tr!("{first} and {more} more are no part of the network and left out.", first, more),
            });
        }
        notices
    }
}

/// A copy of the weights by its prefix.
fn in_words(prefix: &str) -> String {
    if prefix.is_empty() { text!("those without a prefix").into() } else { tr!("those under “{prefix}”", prefix) }
}

/// The prefix of the copy that the network itself has: of the most complete ones the plain one, then the one with the shortest name.
fn plain_copy(copies: &BTreeMap<String, Vec<(TensorName, &str)>>) -> Option<String> {
    let size = |copy: &Vec<(TensorName, &str)>| copy.iter().filter(|(name, _)| name.weight.is_some()).count();
    let most = copies.values().map(size).max().filter(|most| *most > 0)?;
    let is_special = |prefix: &str| prefix.to_lowercase().split(['.', '/', '_']).any(|word| OTHER_COPIES.contains(&word));
    // One that lacks a few weights is still the one that was meant: what is missing is told.
    let whole = copies.iter().filter(|(_, copy)| size(copy) * 10 >= most * 9);
    whole.map(|(prefix, _)| prefix).min_by_key(|prefix| (is_special(prefix), prefix.len())).cloned()
}

/// Whether a name is about a training.
fn is_bookkeeping(name: &str) -> bool {
    let first = name.split(['.', '/']).next().unwrap_or_default();
    BOOKKEEPING.contains(&first) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests;
