//! What can be wrong with a file, one sentence each.

use thiserror::Error;

use crate::language::{text, tr};

/// Why a file cannot be used. The message is shown to the user as it stands; nothing of the file was loaded.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum WeightsFileError {
    /// No bytes.
    #[error("{}", text!("the file is empty: choose a .safetensors file"))]
    Empty,
    /// Another format, recognised by its first bytes.
    #[error("{}", tr!("this is {what}, not a safetensors file: {remedy}", what, remedy))]
    Foreign {
        /// What it looks like.
        what: String,
        /// What the user can do.
        remedy: &'static str,
    },
    /// Bytes of no kind that is known.
    #[error(
        "{}",
        tr!(
            "this is no safetensors file, and no other kind of file that this page knows ({file_bytes} bytes): choose a file that \
             save_file of the library safetensors wrote, or one saved here",
            file_bytes
        )
    )]
    Unknown {
        /// Length of the file.
        file_bytes: usize,
    },
    /// The file ends within its header.
    #[error(
        "{}",
        tr!(
            "the file is cut short: its header alone has {claimed_bytes} bytes, but the file is {file_bytes} bytes long: download it again",
            claimed_bytes,
            file_bytes
        )
    )]
    HeaderLength {
        /// What the first eight bytes say.
        claimed_bytes: u64,
        /// Length of the file.
        file_bytes: usize,
    },
    /// A header that is no JSON of the right form.
    #[error("{}", tr!("the file's header cannot be read ({reason}): the file is damaged, so download or save it again", reason))]
    Header {
        /// What the reader says.
        reason: String,
    },
    /// Fewer bytes of data than the header promises, or more.
    #[error(
        "{}",
        tr!(
            "the file is cut short or damaged: its header promises {promised_bytes} bytes of weights, but {present_bytes} follow: \
             download or save it again",
            promised_bytes,
            present_bytes
        )
    )]
    Truncated {
        /// What the header says.
        promised_bytes: usize,
        /// What is there.
        present_bytes: usize,
    },
    /// Numbers of a kind that weights do not have.
    #[error("{}", tr!("{name} holds {what} ({kind}), and weights must be 16-, 32- or 64-bit floats: {remedy}", name, what, kind, remedy))]
    NumberKind {
        /// Which tensor.
        name: String,
        /// Which kind, as the file says it.
        kind: String,
        /// The same in words.
        what: &'static str,
        /// What the user can do.
        remedy: &'static str,
    },
    /// No tensors at all.
    #[error("{}", text!("the file is a safetensors file without any weights in it: save the network's state_dict or weights into it"))]
    NoTensors,
    /// Names of networks of another library.
    #[error(
        "{}",
        tr!(
            "the names in this file, such as {name}, are those of {library}: only networks designed here can be opened. Train one by the \
             PyTorch or Keras code under “Code & weights” and save its weights",
            name,
            library
        )
    )]
    OtherLibrary {
        /// Whose names they are.
        library: &'static str,
        /// One of them.
        name: String,
    },
    /// Names of nobody's networks.
    #[error(
        "{}",
        tr!(
            "none of the names in this file, such as {name}, is one of this page's networks, such as stem.conv.weight: save the weights \
             of a network of the PyTorch or Keras code under “Code & weights”",
            name
        )
    )]
    OtherNames {
        /// One of them.
        name: String,
    },
    /// All weights of another network than the one asked for.
    #[error(
        "{}",
        tr!(
            "this file is of a network of {file}, and the network here is of {here}: open the file's network beside the file, under \
             “Start from a file”",
            file,
            here
        )
    )]
    OtherNetwork {
        /// The file's network in words.
        file: String,
        /// The other one in words.
        here: String,
    },
    /// A weight that the network has and the file has not.
    #[error("{}", missing(name, *more))]
    Missing {
        /// The first one.
        name: String,
        /// How many more are missing.
        more: usize,
    },
    /// A weight that the file has and the network has not.
    #[error("{}", unexpected(name, *more))]
    Unexpected {
        /// The first one.
        name: String,
        /// How many more are unknown.
        more: usize,
    },
    /// The right name with the wrong shape.
    #[error(
        "{}",
        tr!(
            "{name} should be {expected}, but is {found} in the file: {hint}",
            name,
            expected = format!("{expected:?}"),
            found = format!("{found:?}"),
            hint
        )
    )]
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
    #[error("{}", tr!("{name} holds a value that is no number, at place {index}: the network it was saved from had diverged", name, index))]
    NotFinite {
        /// Which weight.
        name: String,
        /// Place in row-major order.
        index: usize,
    },
    /// A variance below 0.
    #[error("{}", tr!("{name} holds a variance below 0, at place {index}: the file is damaged", name, index))]
    NegativeVariance {
        /// Which weight.
        name: String,
        /// Place in row-major order.
        index: usize,
    },
    /// A file of weights where a checkpoint was wanted.
    #[error("{}", text!("this file holds weights but no checkpoint: use it as starting weights"))]
    NoCheckpoint,
    /// A checkpoint that a newer page wrote, or a damaged one.
    #[error("{}", tr!("the checkpoint cannot be read: {reason}", reason))]
    Checkpoint {
        /// What is wrong.
        reason: String,
    },
    /// Contents that are not what was written.
    #[error("{}", text!("the checkpoint is damaged: its contents do not match their checksum"))]
    Checksum,
}

impl WeightsFileError {
    /// Numbers of a kind that weights do not have, by the word that the file has for it.
    pub(super) fn number_kind(name: &str, kind: &str) -> Self {
        let (what, remedy) = match kind {
            "F8_E4M3" | "F8_E5M2" | "F8_E8M0" | "F8_E4M3FNUZ" | "F8_E5M2FNUZ" => (
                text!("8-bit floats"),
                text!(
                    "use the file from before they were made smaller, or write these as floats again: \
                     save_file({name: value.float() for name, value in load_file(path).items()}, \"weights.safetensors\")"
                ),
            ),
            "F4" | "F6_E2M3" | "F6_E3M2" => (
                text!("floats of fewer than 8 bits"),
                text!("they are too coarse to go on from: use the file from before they were made smaller"),
            ),
            "I8" | "U8" | "I16" | "U16" | "I32" | "U32" | "I64" | "U64" | "BOOL" => {
                (text!("whole numbers"), text!("a quantised network cannot be trained: use the file from before it was quantised"))
            }
            "C64" => (text!("complex numbers"), text!("save the network's own weights")),
            _ => {
                (text!("numbers of a kind that this page does not know"), text!("save them as 32-bit floats, in PyTorch by model.float()"))
            }
        };
        Self::NumberKind { name: name.into(), kind: kind.into(), what, remedy }
    }
}

fn missing(name: &str, more: usize) -> String {
    match more {
        0 => tr!("the file has no {name}: it was made for another network", name),
        _ => tr!(
            "the file has no {name} and one more: it was made for another network"
                | "the file has no {name} and {n} more: it was made for another network" % more,
            name
        ),
    }
}

fn unexpected(name: &str, more: usize) -> String {
    match more {
        0 => tr!("the file holds {name}, which this network does not have: it was made for another network", name),
        _ => tr!(
            "the file holds {name} and one more, which this network does not have: it was made for another network"
                | "the file holds {name} and {n} more, which this network does not have: it was made for another network" % more,
            name
        ),
    }
}
