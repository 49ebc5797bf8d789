//! Words for the values of a choice, as a practitioner writes them.

/// One value of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value in a link.
    pub value: &'static str,
    /// Its words.
    pub label: &'static str,
}

impl Choice {
    /// The choice of that value.
    pub(super) fn of(value: &'static str) -> Self {
        Self { value, label: label(value) }
    }
}

fn label(value: &'static str) -> &'static str {
    match value {
        "sgd" => "SGD",
        "adam" => "Adam",
        "adamw" => "AdamW",
        "amsgrad" => "AMSGrad",
        "constant" => "Constant",
        "step" => "Step",
        "cosine" => "Cosine",
        "one-cycle" => "One cycle",
        "stage-input" => "Channels entering the stage (tutorial)",
        "quarter-of-output" => "A quarter of the output (papers)",
        "pre-activation" => "Pre-activation (version 2)",
        "convolution-first" => "Convolution first (version 1)",
        "relu" => "ReLU",
        "leaky-relu" => "Leaky ReLU",
        "elu" => "ELU",
        "selu" => "SELU",
        "gelu" => "GELU",
        "silu" => "SiLU",
        "tanh" => "Tanh",
        "sigmoid" => "Sigmoid",
        "softplus" => "Softplus",
        "none" => "None",
        "data-set" => "Data set",
        "images" => "Training images",
        "centre" => "Mean only",
        "centre-and-deviation" => "Mean and deviation",
        "each-image" => "Each image",
        "zca" => "ZCA whitening",
        "automatic" => "Automatic",
        "cpu" => "CPU",
        "webgpu" => "WebGPU",
        other => other,
    }
}
