//! Files of weights and checkpoints: bytes in, bytes out; no tensors, no input or output.
//!
//! Both are safetensors files, which other libraries read too and which hold no code. `docs/weights.md`
//! describes names, shapes and metadata.

pub mod autosave;
pub mod saved_runs;

mod check;
mod contents;
mod error;
mod expected;
mod fitting_network;
mod foreign;
mod layout;
mod libraries;
mod network_words;
mod numbers;
mod parse;
mod prefixes;
mod read;
mod recount;
mod seal;
mod survey;
mod tensor_names;
mod training_state;
mod write;
mod zip_names;

pub use contents::FileContents;
pub use error::WeightsFileError;
pub use expected::{ExpectedWeight, expected_weights};
pub use fitting_network::{WeightShapes, network_of};
pub use foreign::is_of_weights;
pub use network_words::told_from;
#[cfg(feature = "train")]
pub(crate) use numbers::floats;
pub use read::{NamedWeights, StoredWeight, read, read_wanted};
pub use recount::Recount;
pub use survey::WeightsSurvey;
pub use training_state::{Checkpoint, MemoryValues};
pub use write::{weights_file, write};

#[cfg(test)]
mod tests;
