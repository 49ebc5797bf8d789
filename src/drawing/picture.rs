//! Pictures made of pixels, as a canvas takes them.

use serde::{Deserialize, Serialize};

/// Channels of a pixel: red, green, blue, opacity.
const CHANNELS: usize = 4;

/// A picture of `width` × `height` pixels.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `[height, width, 4]`, one byte a channel, the first row on top. All pixels are opaque.
    pub rgba: Vec<u8>,
}

impl Picture {
    /// Asks `pixel` for red, green and blue of each row and column.
    pub fn new(width: usize, height: usize, pixel: impl Fn(usize, usize) -> [u8; 3]) -> Self {
        let mut rgba = Vec::with_capacity(CHANNELS * width * height);
        for row in 0..height {
            for column in 0..width {
                let [red, green, blue] = pixel(row, column);
                rgba.extend([red, green, blue, u8::MAX]);
            }
        }
        Self { width, height, rgba }
    }

    /// Square images `[edge, edge, 3]` in rows, from left to right. What is missing is black.
    pub fn of_images(rows: &[Vec<&[u8]>], edge: usize) -> Self {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        Self::new(columns * edge, rows.len() * edge, |row, column| {
            let image = rows.get(row / edge).and_then(|row| row.get(column / edge));
            let first = (row % edge * edge + column % edge) * 3;
            let byte = |channel: usize| image.and_then(|image| image.get(first + channel)).copied().unwrap_or_default();
            [byte(0), byte(1), byte(2)]
        })
    }

    /// One square image `[edge, edge, 3]`.
    pub fn of_image(pixels: &[u8], edge: usize) -> Self {
        Self::of_images(&[vec![pixels]], edge)
    }

    /// As a PNG file; nothing where it is empty or too large for one.
    pub fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let [width, height] = [self.width, self.height].map(u32::try_from);
        let mut encoder = png::Encoder::new(&mut bytes, width.ok()?, height.ok()?);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header().ok()?.write_image_data(&self.rgba).ok()?;
        Some(bytes)
    }

    /// Red, green and blue of a pixel; black outside.
    pub fn at(&self, row: usize, column: usize) -> [u8; 3] {
        let first = (row * self.width + column) * CHANNELS;
        let byte = |channel: usize| self.rgba.get(first + channel).copied().unwrap_or_default();
        [byte(0), byte(1), byte(2)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_four_bytes_for_each_pixel() {
        let picture = Picture::new(3, 2, |row, column| [row as u8, column as u8, 9]);
        assert_eq!(picture.rgba.len(), 24, "two rows of three pixels");
        assert_eq!(picture.at(1, 2), [1, 2, 9], "rows lie one below the other");
        assert!(picture.rgba.iter().skip(3).step_by(4).all(|opacity| *opacity == 255), "nothing shines through");
    }

    #[test]
    fn images_lie_side_by_side() {
        let images: Vec<Vec<u8>> = (1..=3).map(|image| vec![image * 50; 4 * 4 * 3]).collect();
        let picture = Picture::of_images(&[vec![&images[0], &images[1]], vec![&images[2]]], 4);
        assert_eq!((picture.width, picture.height), (8, 8));
        let corners = [(0, 0), (0, 4), (4, 0), (4, 4)];
        assert_eq!(corners.map(|(row, column)| picture.at(row, column)[0]), [50, 100, 150, 0], "a missing one is black");
    }
}
