//! Words for the values of a choice, as a practitioner writes them.

use crate::language::{text, tr};

/// One value of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value in a link.
    pub value: &'static str,
    /// Its words.
    pub label: String,
}

impl Choice {
    /// The choice of that value.
    pub(super) fn of(value: &'static str) -> Self {
        Self { value, label: label(value) }
    }
}

fn label(value: &'static str) -> String {
    let label = match value {
        "sgd" => "SGD",
        "adam" => "Adam",
        "adamw" => "AdamW",
        "amsgrad" => "AMSGrad",
        "constant" => text!("Constant"),
        "step" => return tr!("learning rate schedule" => "Step"),
        "cosine" => text!("Cosine"),
        "one-cycle" => text!("One cycle"),
        "stage-input" => text!("Channels entering the stage (tutorial)"),
        "quarter-of-output" => text!("A quarter of the output (papers)"),
        "pre-activation" => text!("Pre-activation (version 2)"),
        "convolution-first" => text!("Convolution first (version 1)"),
        "relu" => "ReLU",
        "leaky-relu" => "Leaky ReLU",
        "elu" => "ELU",
        "selu" => "SELU",
        "gelu" => "GELU",
        "silu" => "SiLU",
        "tanh" => "Tanh",
        "sigmoid" => "Sigmoid",
        "softplus" => "Softplus",
        "none" => return tr!("activation" => "None"),
        "data-set" => text!("Data set"),
        "images" => text!("Training images"),
        "centre" => text!("Mean only"),
        "centre-and-deviation" => text!("Mean and deviation"),
        "each-image" => text!("Each image"),
        "zca" => text!("ZCA whitening"),
        "automatic" => text!("Automatic"),
        "cpu" => "CPU",
        "webgpu" => "WebGPU",
        other => other,
    };
    label.into()
}
