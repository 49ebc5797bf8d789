//! The package's PNG files as plain RGB bytes.

use std::io::Cursor;

use anyhow::{Context, Result, ensure};
use png::{BitDepth, ColorType, Decoder};

/// The RGB bytes of a PNG that must be `width` pixels wide.
pub fn decode(file: &[u8], width: u32) -> Result<Vec<u8>> {
    let mut reader = Decoder::new(Cursor::new(file)).read_info().context("is not a PNG")?;
    let mut pixels = vec![0; reader.output_buffer_size().context("is too large")?];
    let info = reader.next_frame(&mut pixels).context("is a damaged PNG")?;
    ensure!(info.width == width, "is {} pixels wide instead of {width}", info.width);
    ensure!((info.color_type, info.bit_depth) == (ColorType::Rgb, BitDepth::Eight), "is not 8-bit RGB");
    pixels.truncate(info.buffer_size());
    Ok(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use resnet_playground::dataset::{ShardCompression, encode_shard};

    fn encode(pixels: &[u8]) -> Vec<u8> {
        encode_shard("a.png", pixels, ShardCompression::Small).unwrap()
    }

    #[test]
    fn decoding_a_shard_gives_its_bytes_back() {
        let pixels: Vec<u8> = (0..2 * 32 * 32 * 3).map(|i| (i * 7 % 251) as u8).collect();
        assert_eq!(decode(&encode(&pixels), 32).unwrap(), pixels);
    }

    #[test]
    fn a_picture_of_another_width_is_refused() {
        let error = decode(&encode(&[0; 32 * 32 * 3]), 1_024).unwrap_err().to_string();
        assert!(error.contains("32 pixels wide"), "{error}");
    }
}
