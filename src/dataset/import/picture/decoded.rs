//! A decoded picture of any size, and why there may be none.

use thiserror::Error;

use crate::dataset::import::limits;
use crate::format::grouped;

/// A picture that is left out. The message follows the name of its file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(in crate::dataset::import) enum PictureProblem {
    /// By its first bytes.
    #[error("is neither PNG nor JPEG")]
    OtherFormat,
    /// The decoder gave up.
    #[error("is damaged or cut short ({0})")]
    Damaged(String),
    /// More pixels than are unpacked, or none.
    #[error("is {width} × {height} pixels, from 1 to {} are read", grouped(limits::PICTURE_PIXELS as usize))]
    Size {
        /// Pixels.
        width: String,
        /// Pixels.
        height: String,
    },
}

/// Unpacked pixels.
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `[height, width, 3]`.
    pub pixels: Vec<u8>,
}

/// # Errors
/// When there are no pixels or more than are unpacked.
pub fn check_size(width: usize, height: usize) -> Result<(), PictureProblem> {
    let pixels = width as u64 * height as u64;
    if (1..=limits::PICTURE_PIXELS).contains(&pixels) {
        return Ok(());
    }
    Err(PictureProblem::Size { width: grouped(width), height: grouped(height) })
}
