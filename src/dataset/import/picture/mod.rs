//! A picture of any size as an image of 32 × 32 pixels.

mod decoded;
mod jpeg;
mod orientation;
mod png_file;
mod shrink;

use crate::dataset::IMAGE_BYTES;
use shrink::shrink;

pub(super) use decoded::PictureProblem;

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

#[cfg(test)]
pub(super) mod tests;
