//! A picture of any size as an image of 32 × 32 pixels.

mod format;
mod names;
mod problem;
mod shrink;

use std::error::Error;
use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, ImageDecoder, ImageError, ImageReader, Limits, RgbImage, Rgba};

use super::limits;
use crate::dataset::{IMAGE_BYTES, IMAGE_EDGE};
use crate::language::format::grouped;
use crate::language::tr;
use shrink::shrink;

pub use format::FileFormat;
pub(super) use format::START_BYTES;
pub(super) use names::{ending_of, is_picture_name};
pub(super) use problem::PictureProblem;

/// The middle square of a picture, shrunk to 32 × 32 pixels, upright, on white where it is transparent; of an animation its
/// first frame.
///
/// # Errors
/// Says why the picture is left out.
pub(super) fn read_picture(format: FileFormat, bytes: &[u8]) -> Result<[u8; IMAGE_BYTES], PictureProblem> {
    let decoder = format.decoder().ok_or(PictureProblem::OtherFormat)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), decoder);
    let mut memory = Limits::default();
    memory.max_alloc = Some(limits::PICTURE_BYTES);
    reader.limits(memory);
    let mut decoder = reader.into_decoder().map_err(|error| problem(&error))?;
    let (width, height) = decoder.dimensions();
    // Before anything of that size is allocated. Deep colours take more bytes.
    if !is_unpacked(width, height) || decoder.total_bytes() > limits::PICTURE_BYTES {
        let [width, height] = [width, height].map(|edge| grouped(edge as usize));
        return Err(PictureProblem::Size(tr!("{width} × {height} pixels", width, height)));
    }
    // A camera's note that cannot be read says nothing.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| problem(&error))?;
    let (width, height) = (width as usize, height as usize);
    let image = match &picture {
        DynamicImage::ImageRgb8(pixels) => shrink(width, height, |row, column| pixels.get_pixel(column, row).0),
        other => shrink(width, height, |row, column| on_white(other.get_pixel(column, row))),
    };
    Ok(upright(image, orientation))
}

/// The same of a square that a browser decoded: red, green, blue and opacity of each pixel, row by row. Nothing where there
/// are too few of them.
pub(super) fn shrink_square(edge: usize, rgba: &[u8]) -> Option<[u8; IMAGE_BYTES]> {
    let pixels = rgba.as_chunks::<4>().0;
    let is_whole = edge > 0 && pixels.len() == edge.checked_mul(edge)?;
    is_whole.then(|| {
        shrink(edge, edge, |row, column| on_white(Rgba(pixels.get(row as usize * edge + column as usize).copied().unwrap_or_default())))
    })
}

/// Whether a picture of that size is unpacked.
pub fn is_unpacked(width: u32, height: u32) -> bool {
    (1..=limits::PICTURE_PIXELS).contains(&(u64::from(width) * u64::from(height)))
}

fn problem(error: &ImageError) -> PictureProblem {
    let words = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    match error {
        ImageError::Unsupported(_) => PictureProblem::Variant(words),
        ImageError::Limits(_) => PictureProblem::Size(words),
        _ => PictureProblem::Damaged(words),
    }
}

fn on_white(Rgba([red, green, blue, opacity]): Rgba<u8>) -> [u8; 3] {
    let opacity = u32::from(opacity);
    [red, green, blue].map(|channel| ((u32::from(channel) * opacity + 255 * (255 - opacity) + 127) / 255) as u8)
}

/// The same image, however the camera was held.
fn upright(image: [u8; IMAGE_BYTES], orientation: Orientation) -> [u8; IMAGE_BYTES] {
    const EDGE: u32 = IMAGE_EDGE as u32;
    let Some(pixels) = RgbImage::from_raw(EDGE, EDGE, image.to_vec()).filter(|_| orientation != Orientation::NoTransforms) else {
        return image;
    };
    let mut turned = DynamicImage::ImageRgb8(pixels);
    turned.apply_orientation(orientation);
    turned.as_bytes().try_into().unwrap_or(image)
}

#[cfg(test)]
pub(super) mod tests;
