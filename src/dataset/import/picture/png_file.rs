//! PNG: every colour type and depth becomes red, green and blue of eight bits.

use std::io::Cursor;

use png::{ColorType, Decoder, Transformations};

use super::decoded::{Picture, PictureProblem, check_size};

pub fn read(bytes: &[u8]) -> Result<Picture, PictureProblem> {
    let damaged = |error: png::DecodingError| PictureProblem::Damaged(error.to_string());
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let info = decoder.read_header_info().map_err(damaged)?;
    let (width, height) = (info.width as usize, info.height as usize);
    check_size(width, height)?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size = reader.output_buffer_size().unwrap_or_default();
    let mut unpacked = vec![0; size];
    let frame = reader.next_frame(&mut unpacked).map_err(damaged)?;
    let pixels = match frame.color_type {
        ColorType::Rgb => unpacked,
        ColorType::Rgba => unpacked.as_chunks::<4>().0.iter().flat_map(|[r, g, b, a]| on_white([*r, *g, *b], *a)).collect(),
        ColorType::GrayscaleAlpha => unpacked.as_chunks::<2>().0.iter().flat_map(|[grey, a]| on_white([*grey; 3], *a)).collect(),
        ColorType::Grayscale => unpacked.iter().flat_map(|grey| [*grey; 3]).collect(),
        ColorType::Indexed => return Err(PictureProblem::Damaged("it has no palette".into())),
    };
    // An animation's first frame may be smaller than the picture.
    if (frame.width as usize, frame.height as usize) != (width, height) || pixels.len() < 3 * width * height {
        return Err(PictureProblem::Damaged("its first frame is not its size".into()));
    }
    Ok(Picture { width, height, pixels })
}

fn on_white(colour: [u8; 3], opacity: u8) -> [u8; 3] {
    let opacity = u32::from(opacity);
    colour.map(|channel| ((u32::from(channel) * opacity + 255 * (255 - opacity) + 127) / 255) as u8)
}
