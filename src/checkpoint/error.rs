//! What can be wrong with a file, one sentence each.

use thiserror::Error;

/// Why a file cannot be used. The message is shown to the user as it stands; nothing of the file was loaded.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum WeightsFileError {
    /// No bytes.
    #[error("the file is empty: choose a .safetensors file")]
    Empty,
    /// Another format, recognised by its first bytes.
    #[error("this is {what}, not a safetensors file: {remedy}")]
    Foreign {
        /// What it looks like.
        what: &'static str,
        /// What the user can do.
        remedy: &'static str,
    },
    /// The length at the start makes no sense.
    #[error("this is no safetensors file: it claims a header of {claimed_bytes} bytes, but is {file_bytes} bytes long")]
    HeaderLength {
        /// What the first eight bytes say.
        claimed_bytes: u64,
        /// Length of the file.
        file_bytes: usize,
    },
    /// A header that is no JSON of the right form.
    #[error("the file's header cannot be read ({reason}): the file is damaged or no safetensors file")]
    Header {
        /// What the reader says.
        reason: String,
    },
    /// Fewer bytes of data than the header promises, or more.
    #[error("the file is cut short or damaged: its header promises {promised_bytes} bytes of weights, but {present_bytes} follow")]
    Truncated {
        /// What the header says.
        promised_bytes: usize,
        /// What is there.
        present_bytes: usize,
    },
    /// Numbers of a kind that weights do not have.
    #[error("{name} holds {kind} numbers; weights must be 16-, 32- or 64-bit floats")]
    NumberKind {
        /// Which tensor.
        name: String,
        /// Which kind.
        kind: String,
    },
    /// A weight that the network has and the file has not.
    #[error("the file has no {name}{}: it was made for another network", others(*more))]
    Missing {
        /// The first one.
        name: String,
        /// How many more are missing.
        more: usize,
    },
    /// A weight that the file has and the network has not.
    #[error("the file holds {name}{}, which this network does not have: it was made for another network", others(*more))]
    Unexpected {
        /// The first one.
        name: String,
        /// How many more are unknown.
        more: usize,
    },
    /// The right name with the wrong shape.
    #[error("{name} should be {expected:?}, but is {found:?} in the file: {hint}")]
    Shape {
        /// Which weight.
        name: String,
        /// The network's shape, in the file's layout.
        expected: Vec<usize>,
        /// The file's shape.
        found: Vec<usize>,
        /// What probably differs.
        hint: &'static str,
    },
    /// NaN or infinity.
    #[error("{name} holds a value that is no number, at place {index}: the network it was saved from had diverged")]
    NotFinite {
        /// Which weight.
        name: String,
        /// Place in row-major order.
        index: usize,
    },
    /// A variance below 0.
    #[error("{name} holds a variance below 0, at place {index}: the file is damaged")]
    NegativeVariance {
        /// Which weight.
        name: String,
        /// Place in row-major order.
        index: usize,
    },
    /// A file of weights where a checkpoint was wanted.
    #[error("this file holds weights but no checkpoint: use it as starting weights")]
    NoCheckpoint,
    /// A checkpoint that a newer page wrote, or a damaged one.
    #[error("the checkpoint cannot be read: {reason}")]
    Checkpoint {
        /// What is wrong.
        reason: String,
    },
    /// Contents that are not what was written.
    #[error("the checkpoint is damaged: its contents do not match their checksum")]
    Checksum,
}

fn others(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => " and one more".into(),
        _ => format!(" and {more} more"),
    }
}
