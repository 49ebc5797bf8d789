//! The configured network as source code for Keras, PyTorch and Burn.
//!
//! The code is specialised to the choices: what was not chosen does not appear. It names its layers as our
//! files of weights do and ends with the lines that load one. A test of the project runs it and compares
//! probabilities; see `cargo xtask verify-exports`.

mod burn;
mod code_lines;
mod dot;
mod keras;
mod pytorch;
pub mod summary;
mod writer;

use serde::{Deserialize, Serialize};

use crate::spec::{Named, NetworkChoices, ResNetSpec, SpecError};

pub use code_lines::{CodeLines, LineRange};
pub use dot::write_dot;

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

/// The code.
///
/// # Errors
/// When the network cannot be built.
pub fn write_code(request: &CodeRequest) -> Result<String, SpecError> {
    write_code_with_lines(request).map(|(code, _)| code)
}

/// The code, and which of its lines make which layer. Only Keras code is marked.
///
/// # Errors
/// When the network cannot be built.
pub fn write_code_with_lines(request: &CodeRequest) -> Result<(String, CodeLines), SpecError> {
    let spec = ResNetSpec::new(request.network.clone())?;
    Ok(match request.framework {
        Framework::Keras => keras::write(&spec, request.part, request.l2),
        Framework::PyTorch => pytorch::write(&spec, request.part, request.l2),
        Framework::Burn => burn::write(&spec, request.part),
    })
}

#[cfg(test)]
mod tests;
