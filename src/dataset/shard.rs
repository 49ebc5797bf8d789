//! A shard: a PNG whose pixels, row by row, are the images one after the other.

use std::io::Cursor;

use thiserror::Error;

use super::{IMAGE_BYTES, IMAGE_EDGE};
use crate::language::tr;

/// A shard that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ShardError {
    /// The decoder gave up.
    #[error("{}", tr!("{file} is not a readable PNG: {reason}", file, reason))]
    NotPng {
        /// Which file.
        file: String,
        /// The decoder's words.
        reason: String,
    },
    /// The encoder gave up.
    #[error("{}", tr!("{file} cannot be written: {reason}", file, reason))]
    NotWritten {
        /// Which file.
        file: String,
        /// The encoder's words.
        reason: String,
    },
    /// A PNG of something else.
    #[error(
        "{}",
        tr!("{file} should be 8-bit RGB, 32 pixels wide and {expected_height} high, but is {found}", file, expected_height, found)
    )]
    Shape {
        /// Which file.
        file: String,
        /// 32 rows an image.
        expected_height: usize,
        /// What it is.
        found: String,
    },
}

/// Decodes `bytes` into `[images, 32, 32, 3]`.
///
/// # Errors
/// Names the file and what is wrong with it. The size is checked before anything is unpacked.
pub fn decode_shard(file: &str, bytes: &[u8], images: usize) -> Result<Vec<u8>, ShardError> {
    let not_png = |error: png::DecodingError| ShardError::NotPng { file: file.into(), reason: error.to_string() };
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().map_err(not_png)?;
    let info = reader.info();
    let expected_height = images * 32;
    let right = info.width == 32
        && info.height as usize == expected_height
        && info.color_type == png::ColorType::Rgb
        && info.bit_depth == png::BitDepth::Eight;
    if !right {
        let pixels = format!("{:?} {:?}", info.bit_depth, info.color_type);
        let found = tr!("{pixels}, {width} by {height}", pixels, width = info.width, height = info.height);
        return Err(ShardError::Shape { file: file.into(), expected_height, found });
    }
    let mut pixels = vec![0; images * IMAGE_BYTES];
    reader.next_frame(&mut pixels).map_err(not_png)?;
    Ok(pixels)
}

/// What a shard is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShardCompression {
    /// To be downloaded by many: as small as can be.
    Small,
    /// To be kept where it is written: quickly.
    Quick,
}

/// `[images, 32, 32, 3]` as a file that [`decode_shard`] reads.
///
/// # Errors
/// When there is no image, or more than a PNG has rows for.
pub fn encode_shard(file: &str, pixels: &[u8], compression: ShardCompression) -> Result<Vec<u8>, ShardError> {
    let rows = pixels.len() / IMAGE_BYTES * IMAGE_EDGE;
    let written = encode_png(IMAGE_EDGE, rows, pixels, compression);
    written.map_err(|reason| ShardError::NotWritten { file: file.into(), reason })
}

/// `[height, width, 3]` as a PNG.
///
/// # Errors
/// When it has no pixel, or more than a PNG has room for: the encoder's words.
pub fn encode_png(width: usize, height: usize, pixels: &[u8], compression: ShardCompression) -> Result<Vec<u8>, String> {
    let edge = |pixels: usize| u32::try_from(pixels).map_err(|error| error.to_string());
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, edge(width)?, edge(height)?);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(match compression {
        ShardCompression::Small => png::Compression::High,
        ShardCompression::Quick => png::Compression::Fast,
    });
    encoder.set_filter(png::Filter::Adaptive);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(pixels)?;
        writer.finish()
    });
    written.map_err(|error| error.to_string())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard_of(images: usize) -> Vec<u8> {
        let pixels: Vec<u8> = (0..images * IMAGE_BYTES).map(|index| (index % 251) as u8).collect();
        let [small, quick] = [ShardCompression::Small, ShardCompression::Quick].map(|how| encode_shard("a.png", &pixels, how).unwrap());
        assert_eq!(decode_shard("a.png", &small, images), decode_shard("a.png", &quick, images), "both hold the same");
        small
    }

    #[test]
    fn a_shard_without_an_image_cannot_be_written() {
        let error = encode_shard("train-000.png", &[], ShardCompression::Quick).unwrap_err().to_string();
        assert!(error.starts_with("train-000.png cannot be written"), "says which: {error}");
    }

    #[test]
    fn pixels_come_out_as_they_went_in() {
        let pixels = decode_shard("a.png", &shard_of(3), 3).unwrap();
        assert_eq!(pixels.len(), 3 * IMAGE_BYTES, "three images");
        assert!(pixels.iter().enumerate().all(|(index, byte)| *byte == (index % 251) as u8), "byte for byte");
    }

    #[test]
    fn a_shard_with_another_number_of_images_is_refused_by_name() {
        let error = decode_shard("train-007.png", &shard_of(3), 4).unwrap_err();
        assert!(error.to_string().starts_with("train-007.png should be"), "says which file: {error}");
    }

    #[test]
    fn a_shard_cut_short_anywhere_is_refused() {
        let whole = shard_of(2);
        for length in 0..whole.len() - 16 {
            assert!(decode_shard("cut.png", &whole[..length], 2).is_err(), "cut at {length} of {}", whole.len());
        }
    }
}
