//! A network in figures, as JSON: totals, and every layer with its shapes and parameters.

use serde_json::{Value, json};

use super::{CodeRequest, Framework, Part};
use crate::export::{CodeLines, write_code_with_lines};
use crate::spec::{BYTES_PER_NUMBER, LayerKind, LayerSpec, ResNetSpec};

/// Totals and layers of a network.
///
/// `blocks_per_stage` is null where stages differ in that. `activation_bytes` counts the outputs of layers for one image
/// in 32-bit floats; `multiply_adds_per_image` counts convolutions and dense layers, as papers do. `keras_lines` are the
/// first and the last line of the Keras export that make a layer. Shapes are `[height, width, channels]`.
pub fn describe(spec: &ResNetSpec) -> Value {
    let cost = spec.cost();
    let request = CodeRequest { network: spec.choices().clone(), framework: Framework::Keras, part: Part::WholeNetwork, l2: 1e-4 };
    let lines = write_code_with_lines(&request).map(|(_, lines)| lines).unwrap_or_default();
    json!({
        "network": spec.choices(),
        "blocks_per_stage": spec.equal_blocks(),
        "blocks_in_stages": spec.stages().iter().map(|stage| stage.blocks).collect::<Vec<_>>(),
        "parameters": {
            "total": cost.parameters,
            "trainable": cost.trainable_parameters,
            "non_trainable": cost.parameters - cost.trainable_parameters,
        },
        "multiply_adds_per_image": cost.multiply_adds_per_image,
        "activation_bytes_per_image": cost.activation_bytes_per_image,
        "layers": spec.layers().iter().map(|each| layer(each, &lines)).collect::<Vec<_>>(),
    })
}

fn layer(layer: &LayerSpec, lines: &CodeLines) -> Value {
    let mut entry = json!({
        "name": layer.name,
        "operation": layer.kind.operation(),
        "input_shape": layer.input,
        "output_shape": layer.output,
        "parameters": layer.trainable_parameters() + layer.moving_statistics(),
        "trainable_parameters": layer.trainable_parameters(),
        "multiply_adds": layer.multiply_adds(),
        "activation_bytes": layer.output_elements() * BYTES_PER_NUMBER,
        "keras_lines": lines.of_layer(&layer.name).map(|lines| [lines.first, lines.last]),
    });
    match layer.kind {
        LayerKind::Convolution { kernel, stride } => {
            entry["kernel_size"] = json!(kernel);
            entry["stride"] = json!(stride);
        }
        LayerKind::Activation(function) | LayerKind::Dense { activation: function } => entry["activation"] = json!(function),
        LayerKind::AveragePool { window } => entry["window"] = json!(window),
        LayerKind::BatchNorm | LayerKind::Dropout | LayerKind::Add | LayerKind::Flatten => {}
    }
    entry
}
