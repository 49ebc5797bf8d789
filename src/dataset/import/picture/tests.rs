//! Whole files, made here: PNG by its encoder, JPEG as committed bytes.

use super::*;
use png::{BitDepth, ColorType, Encoder};

/// A PNG of one colour type; `pixels` are its unpacked bytes.
pub fn png(width: u32, height: u32, colour: ColorType, depth: BitDepth, palette: Option<&[u8]>, pixels: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if let Some(palette) = palette {
        encoder.set_palette(palette.to_vec());
    }
    encoder.write_header().unwrap().write_image_data(pixels).unwrap();
    bytes
}

/// 48 × 40 pixels, red on the left and blue on the right, baseline.
pub const JPEG: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/uploads/red_blue.jpg"));
/// The same, progressive.
pub const PROGRESSIVE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/uploads/red_blue_progressive.jpg"));

fn first_pixel(bytes: &[u8]) -> [u8; 3] {
    let image = read_picture(bytes).unwrap();
    [image[0], image[1], image[2]]
}

#[test]
fn every_kind_of_png_becomes_red_green_and_blue() {
    use BitDepth::{Eight, One, Sixteen};
    let kinds = [
        ("colour", png(2, 2, ColorType::Rgb, Eight, None, &[9, 8, 7].repeat(4)), [9, 8, 7]),
        ("grey", png(2, 2, ColorType::Grayscale, Eight, None, &[50; 4]), [50; 3]),
        ("deep grey", png(2, 2, ColorType::Grayscale, Sixteen, None, &[50, 99].repeat(4)), [50; 3]),
        ("black and white", png(8, 2, ColorType::Grayscale, One, None, &[255; 2]), [255; 3]),
        ("palette", png(2, 2, ColorType::Indexed, Eight, Some(&[0, 0, 0, 1, 2, 3]), &[1; 4]), [1, 2, 3]),
        ("half transparent", png(2, 2, ColorType::Rgba, Eight, None, &[0, 0, 255, 128].repeat(4)), [127, 127, 255]),
        ("transparent grey", png(2, 2, ColorType::GrayscaleAlpha, Eight, None, &[0, 0].repeat(4)), [255; 3]),
    ];
    for (kind, bytes, expected) in kinds {
        assert_eq!(first_pixel(&bytes), expected, "{kind}");
    }
}

#[test]
fn photographs_are_read_baseline_and_progressive() {
    for (kind, bytes) in [("baseline", JPEG), ("progressive", PROGRESSIVE)] {
        let image = read_picture(bytes).unwrap();
        let pixel = |row: usize, column: usize| image.as_chunks::<3>().0[row * 32 + column];
        let ([red, _, few], [little, _, blue]) = (pixel(16, 4), pixel(16, 27));
        assert!(red > 200 && few < 60 && blue > 200 && little < 60, "{kind}: {:?} and {:?}", pixel(16, 4), pixel(16, 27));
    }
}

#[test]
fn what_is_no_picture_is_told_apart_from_a_damaged_one() {
    assert_eq!(read_picture(b"\0\0\0\x18ftypheic"), Err(PictureProblem::OtherFormat));
    assert_eq!(read_picture(b""), Err(PictureProblem::OtherFormat));
    let whole = png(40, 40, ColorType::Rgb, BitDepth::Eight, None, &[77; 4800]);
    assert!(matches!(read_picture(&whole[..60]), Err(PictureProblem::Damaged(_))), "cut short");
    assert!(matches!(read_picture(&JPEG[..200]), Err(PictureProblem::Damaged(_))), "cut short");
}

#[test]
fn a_picture_of_too_many_pixels_is_not_unpacked() {
    // The size stands in the header, which says 100,000 × 100,000.
    let mut huge = png(1, 1, ColorType::Grayscale, BitDepth::Eight, None, &[0]);
    huge[16..20].copy_from_slice(&100_000u32.to_be_bytes());
    huge[20..24].copy_from_slice(&100_000u32.to_be_bytes());
    let checksum = crc32fast::hash(&huge[12..29]);
    huge[29..33].copy_from_slice(&checksum.to_be_bytes());
    let problem = read_picture(&huge).unwrap_err();
    assert_eq!(problem.to_string(), "is 100,000 × 100,000 pixels, from 1 to 40,000,000 are read");
}
