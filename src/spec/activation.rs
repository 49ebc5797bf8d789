//! The functions between the convolutions.

use serde::{Deserialize, Serialize};

use super::Named;
use crate::language::text;

/// What follows each batch norm, and the dense layer of the head; formulas and constants as in Keras 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// `max(x, 0)`.
    Relu,
    /// `x` above 0, `0.2·x` below (Keras' slope; PyTorch's is 0.01).
    LeakyRelu,
    /// `x` above 0, `eˣ − 1` below (Clevert et al. 2016).
    Elu,
    /// `1.0507·elu(x, α = 1.6733)` (Klambauer et al. 2017).
    Selu,
    /// `x·Φ(x)` with the exact normal distribution, not its tanh approximation (Hendrycks & Gimpel 2016).
    Gelu,
    /// `x·sigmoid(x)`, also called swish.
    Silu,
    /// Hyperbolic tangent.
    Tanh,
    /// `1 / (1 + e⁻ˣ)`.
    Sigmoid,
    /// `ln(1 + eˣ)`.
    Softplus,
    /// Nothing: the network stays linear but for batch norm.
    None,
}

impl Activation {
    /// As a diagram writes it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Relu => "ReLU",
            Self::LeakyRelu => "leaky ReLU",
            Self::Elu => "ELU",
            Self::Selu => "SELU",
            Self::Gelu => "GELU",
            Self::Silu => "SiLU",
            Self::Tanh => "tanh",
            Self::Sigmoid => "sigmoid",
            Self::Softplus => "softplus",
            Self::None => text!("no activation"),
        }
    }
}

impl Named for Activation {
    const ALL: &'static [Self] = &[
        Self::Relu,
        Self::LeakyRelu,
        Self::Elu,
        Self::Selu,
        Self::Gelu,
        Self::Silu,
        Self::Tanh,
        Self::Sigmoid,
        Self::Softplus,
        Self::None,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Relu => "relu",
            Self::LeakyRelu => "leaky-relu",
            Self::Elu => "elu",
            Self::Selu => "selu",
            Self::Gelu => "gelu",
            Self::Silu => "silu",
            Self::Tanh => "tanh",
            Self::Sigmoid => "sigmoid",
            Self::Softplus => "softplus",
            Self::None => "none",
        }
    }
}
