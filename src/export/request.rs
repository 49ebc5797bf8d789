//! What code is asked for.

use serde::{Deserialize, Serialize};

use crate::spec::{Named, NetworkChoices};

/// Which library the code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Framework {
    /// Keras 3.
    Keras,
    /// PyTorch 2.
    PyTorch,
    /// Burn 0.22.
    Burn,
}

impl Framework {
    /// Of a file with its code.
    pub fn extension(self) -> &'static str {
        if self == Self::Burn { "rs" } else { "py" }
    }
}

impl Named for Framework {
    const ALL: &'static [Self] = &[Self::Keras, Self::PyTorch, Self::Burn];

    fn name(self) -> &'static str {
        match self {
            Self::Keras => "keras",
            Self::PyTorch => "pytorch",
            Self::Burn => "burn",
        }
    }
}

/// How much of the network the code builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// From the image to the class scores.
    WholeNetwork,
    /// Only the residual stages, to append to another network (the tutorial's `build_resnet_layer`).
    ResidualStages,
}

/// What code is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodeRequest {
    /// The network.
    pub network: NetworkChoices,
    /// The library.
    pub framework: Framework,
    /// How much of it.
    pub part: Part,
    /// Weight of the squared convolution kernels in the loss.
    pub l2: f64,
}
