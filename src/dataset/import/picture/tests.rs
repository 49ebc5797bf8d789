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

/// The image of a file whose format its bytes tell.
pub fn read(bytes: &[u8]) -> Result<[u8; IMAGE_BYTES], PictureProblem> {
    read_picture(FileFormat::of("", bytes), bytes)
}

fn first_pixel(bytes: &[u8]) -> [u8; 3] {
    let image = read(bytes).unwrap();
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
        let image = read(bytes).unwrap();
        let pixel = |row: usize, column: usize| image.as_chunks::<3>().0[row * 32 + column];
        let ([red, _, few], [little, _, blue]) = (pixel(16, 4), pixel(16, 27));
        assert!(red > 200 && few < 60 && blue > 200 && little < 60, "{kind}: {:?} and {:?}", pixel(16, 4), pixel(16, 27));
    }
}

#[test]
fn what_is_no_picture_is_told_apart_from_a_damaged_one() {
    assert_eq!(read(b"\0\0\0\x18ftypheic"), Err(PictureProblem::OtherFormat));
    assert_eq!(read(b""), Err(PictureProblem::OtherFormat));
    let whole = png(40, 40, ColorType::Rgb, BitDepth::Eight, None, &[77; 4800]);
    assert!(matches!(read(&whole[..60]), Err(PictureProblem::Damaged(_))), "cut short");
    assert!(matches!(read(&JPEG[..200]), Err(PictureProblem::Damaged(_))), "cut short");
}

#[test]
fn a_picture_of_too_many_pixels_is_not_unpacked() {
    // The size stands in the header, which says 100,000 × 100,000.
    let mut huge = png(1, 1, ColorType::Grayscale, BitDepth::Eight, None, &[0]);
    huge[16..20].copy_from_slice(&100_000u32.to_be_bytes());
    huge[20..24].copy_from_slice(&100_000u32.to_be_bytes());
    let checksum = crc32fast::hash(&huge[12..29]);
    huge[29..33].copy_from_slice(&checksum.to_be_bytes());
    let problem = read(&huge).unwrap_err();
    assert_eq!(problem.to_string(), "100,000 × 100,000 pixels");
}

/// A committed picture.
macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/imports/", $name)).as_slice()
    };
}

/// WebP with loss, and an animation.
pub const WEBP: [&[u8]; 2] = [fixture!("red_blue.webp"), fixture!("red_then_blue.webp")];

/// 48 × 40 pixels, red on the left and blue on the right, written by `image`.
pub fn written(format: image::ImageFormat) -> Vec<u8> {
    let colour = |column: u32, _| image::Rgb(if column < 24 { [255, 0, 0] } else { [0, 0, 255] });
    let mut bytes = Vec::new();
    RgbImage::from_fn(48, 40, colour).write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red > 200 && green < 60 && blue < 60
}

fn is_blue([red, green, blue]: [u8; 3]) -> bool {
    blue > 200 && green < 60 && red < 60
}

fn pixel(image: &[u8; IMAGE_BYTES], row: usize, column: usize) -> [u8; 3] {
    image.as_chunks::<3>().0[row * IMAGE_EDGE + column]
}

#[test]
fn every_common_format_is_read() {
    use image::ImageFormat::{Bmp, Gif, Pnm, Tiff, WebP};
    for (kind, bytes) in [
        ("WebP", fixture!("red_blue.webp").to_vec()),
        ("TIFF with LZW", fixture!("red_blue_lzw.tif").to_vec()),
        ("BMP with a palette", fixture!("red_blue_palette.bmp").to_vec()),
        ("JPEG in printers' colours", fixture!("red_blue_cmyk.jpg").to_vec()),
        ("lossless WebP", written(WebP)),
        ("GIF", written(Gif)),
        ("BMP", written(Bmp)),
        ("TIFF", written(Tiff)),
        ("PNM", written(Pnm)),
    ] {
        let image = read(&bytes).unwrap_or_else(|problem| panic!("{kind}: {problem}"));
        let (left, right) = (pixel(&image, 16, 4), pixel(&image, 16, 27));
        assert!(is_red(left) && is_blue(right), "{kind}: {left:?} and {right:?}");
        let cut = read(&bytes[..bytes.len() / 3]);
        assert!(matches!(cut, Err(PictureProblem::Damaged(_)) | Ok(_)), "{kind} cut short: {cut:?}");
    }
    let [red, green, blue] = pixel(&read(fixture!("red_blue_grey.jpg")).unwrap(), 16, 4);
    assert!(red == green && green == blue && (66..=86).contains(&red), "a grey JPEG stays grey: {red} {green} {blue}");
}

#[test]
fn of_an_animation_the_first_frame_is_read() {
    for (kind, bytes) in [("GIF", fixture!("red_then_blue.gif")), ("WebP", fixture!("red_then_blue.webp"))] {
        let image = read(bytes).unwrap();
        assert!(is_red(pixel(&image, 16, 4)) && is_red(pixel(&image, 16, 27)), "{kind}: {:?}", pixel(&image, 16, 4));
    }
}

/// What a camera writes into a JPEG about how it was held.
fn held(orientation: u16) -> Vec<u8> {
    let mut note = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    note.extend(orientation.to_be_bytes());
    note.extend([0; 6]);
    let length = (note.len() as u16 + 2).to_be_bytes();
    [&JPEG[..2], &[0xff, 0xe1], &length, &note, &JPEG[2..]].concat()
}

#[test]
fn a_photograph_is_put_upright_however_the_camera_was_held() {
    // Red is on the left as stored. Where it is once the picture is upright (Exif 2.32, figure 6): row and column.
    let left = [(16, 4), (16, 27)];
    let right = [(16, 27), (16, 4)];
    let top = [(4, 16), (27, 16)];
    let bottom = [(27, 16), (4, 16)];
    for (orientation, [red, blue]) in
        [(1, left), (2, right), (3, right), (4, left), (5, top), (6, top), (7, bottom), (8, bottom), (9, left)]
    {
        let image = read(&held(orientation)).unwrap();
        let found = (pixel(&image, red.0, red.1), pixel(&image, blue.0, blue.1));
        assert!(is_red(found.0) && is_blue(found.1), "held in way {orientation}: {found:?}");
    }
}

#[test]
fn the_square_that_a_browser_decoded_becomes_the_same_image() {
    let half: Vec<u8> = (0..64 * 64).flat_map(|place| if place % 64 < 32 { [255, 0, 0, 255] } else { [0, 0, 255, 128] }).collect();
    let image = shrink_square(64, &half).unwrap();
    assert_eq!((pixel(&image, 3, 0), pixel(&image, 3, 31)), ([255, 0, 0], [127, 127, 255]), "on white where it is transparent");
    assert_eq!(shrink_square(64, &half[4..]), None, "a pixel is missing");
    assert_eq!(shrink_square(0, &[]), None);
}

#[test]
fn deep_colours_are_read_within_the_limit_of_bytes() {
    let deep = png(2, 2, ColorType::Rgba, BitDepth::Sixteen, None, &[0xff, 0xff, 0, 0, 0x80, 0, 0xff, 0xff].repeat(4));
    assert_eq!(first_pixel(&deep), [255, 0, 128]);
    let mut bytes = Vec::new();
    image::Rgb32FImage::from_pixel(4, 4, image::Rgb([1.0, 0.0, 0.5]))
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Tiff)
        .unwrap();
    let [red, green, blue] = first_pixel(&bytes);
    assert!(red == 255 && green == 0 && (127..=128).contains(&blue), "{red} {green} {blue}");
}

#[test]
fn a_jpeg_that_ends_early_shows_what_is_there() {
    // As most programs that show pictures do.
    let cut = &JPEG[..JPEG.len() * 9 / 10];
    assert!(read(cut).is_ok_and(|image| is_red(pixel(&image, 4, 4))), "{:?}", read(cut).err());
}
