//! Weights as a file.

use std::collections::HashMap;

use safetensors::tensor::{Dtype, TensorView, serialize};
use serde_json::json;

use crate::experiment::weight_init::WeightLayout;
use crate::spec::{Named, NetworkChoices};

use super::layout::{in_file, to_file};
use super::parse::METADATA;
use super::{ExpectedWeight, NamedWeights};

/// Name under which the weights of a network of that depth are saved.
pub fn weights_file(depth: usize, layout: WeightLayout) -> String {
    format!("resnet-{depth}-{}-weights.safetensors", layout.name())
}

/// The bytes of a safetensors file. Tensors are sorted by name; the metadata entry `resnet_playground`
/// says in JSON which network and layout it is.
pub fn write(weights: &NamedWeights, layout: WeightLayout, network: &NetworkChoices) -> Vec<u8> {
    let tensors: Vec<_> = weights
        .iter()
        .map(|(name, weight)| {
            let (name, shape) = in_file(&ExpectedWeight { name: name.clone(), shape: weight.shape.clone() }, layout);
            let values = to_file(&weight.values, &weight.shape, layout);
            (name, shape, little_endian(&values))
        })
        .collect();
    pack(&tensors, json!({ "version": 1, "layout": layout, "network": network }).to_string())
}

/// A file of named, shaped, little-endian 32-bit floats.
pub(super) fn pack(tensors: &[(String, Vec<usize>, Vec<u8>)], metadata: String) -> Vec<u8> {
    // A view is refused only where bytes and shape disagree, which every caller's types rule out.
    let views = tensors.iter().filter_map(|(name, shape, bytes)| Some((name, TensorView::new(Dtype::F32, shape.clone(), bytes).ok()?)));
    let metadata = HashMap::from([(METADATA.to_owned(), metadata)]);
    serialize(views, Some(metadata)).unwrap_or_default()
}

pub(super) fn little_endian(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}
