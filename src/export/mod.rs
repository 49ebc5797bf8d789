//! The configured network as source code for Keras, PyTorch and Burn.
//!
//! The code is specialised to the choices: what was not chosen does not appear. It names its layers as our
//! files of weights do and ends with the lines that load one. A test of the project runs it and compares
//! probabilities; see `cargo xtask verify-exports`.

mod burn;
mod code_lines;
mod dot;
pub mod embed_snippet;
mod keras;
pub mod notebook;
mod part_lines;
mod pytorch;
pub mod report;
mod request;
pub mod summary;
mod writer;

use crate::spec::{ResNetSpec, SpecError};

pub use code_lines::{CodeLines, LineRange};
pub use dot::write_dot;
pub use part_lines::lines_of_part;
pub use request::{CodeRequest, Framework, Part};

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
