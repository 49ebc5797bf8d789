//! JPEG, with the way the camera was held.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::decoded::{Picture, PictureProblem, check_size};
use super::orientation::Turned;

/// The format's own limit.
const LONGEST_EDGE: usize = 65_535;

pub fn read(bytes: &[u8]) -> Result<(Picture, Turned), PictureProblem> {
    let options =
        DecoderOptions::new_safe().jpeg_set_out_colorspace(ColorSpace::RGB).set_max_width(LONGEST_EDGE).set_max_height(LONGEST_EDGE);
    let damaged = |reason: String| PictureProblem::Damaged(reason);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|error| damaged(error.to_string()))?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    check_size(width, height)?;
    let pixels = decoder.decode().map_err(|error| damaged(error.to_string()))?;
    if pixels.len() != 3 * width * height {
        return Err(damaged("it has no colours".into()));
    }
    let turned = decoder.exif().map_or(Turned::UPRIGHT, |exif| Turned::of_exif(exif));
    Ok((Picture { width, height, pixels }, turned))
}
