//! A picture of any size as an image of 32 × 32 pixels.

mod jpeg;
mod orientation;
mod png_file;
mod shrink;

use thiserror::Error;

use super::limits;
use crate::dataset::IMAGE_BYTES;
use crate::format::grouped;
use shrink::shrink;

/// A picture that is left out. The message follows the name of its file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum PictureProblem {
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
struct Picture {
    width: usize,
    height: usize,
    /// `[height, width, 3]`.
    pixels: Vec<u8>,
}

/// The middle square of a PNG or JPEG, shrunk to 32 × 32 pixels, upright, on white where it is transparent.
///
/// # Errors
/// Says why the picture is left out.
pub(super) fn read_picture(bytes: &[u8]) -> Result<[u8; IMAGE_BYTES], PictureProblem> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => png_file::read(bytes).map(|picture| shrink(&picture)),
        [0xff, 0xd8, ..] => jpeg::read(bytes).map(|(picture, turned)| turned.upright(&shrink(&picture))),
        _ => Err(PictureProblem::OtherFormat),
    }
}

fn check_size(width: usize, height: usize) -> Result<(), PictureProblem> {
    let pixels = width as u64 * height as u64;
    if (1..=limits::PICTURE_PIXELS).contains(&pixels) {
        return Ok(());
    }
    Err(PictureProblem::Size { width: grouped(width), height: grouped(height) })
}

#[cfg(test)]
pub(super) mod tests;
