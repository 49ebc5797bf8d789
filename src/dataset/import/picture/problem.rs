//! Why a picture may not become an image.

use thiserror::Error;

use crate::language::text;

/// A picture that is left out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(in crate::dataset::import) enum PictureProblem {
    /// No decoder here is for such files.
    #[error("{}", text!("it is of another format"))]
    OtherFormat,
    /// The decoder gave up, in its words.
    #[error("{0}")]
    Damaged(String),
    /// The format is known, this variant of it is not.
    #[error("{0}")]
    Variant(String),
    /// More pixels than are unpacked, or none; how many.
    #[error("{0}")]
    Size(String),
}
