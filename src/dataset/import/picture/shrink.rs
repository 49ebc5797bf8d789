//! The middle square of a picture, each pixel the mean of the area it covers.

use crate::dataset::{IMAGE_BYTES, IMAGE_EDGE};

/// 32 × 32 pixels of the middle square of a picture; `colour` gives that of a row and column.
///
/// Along an edge of so many pixels a shrunk pixel covers a 32nd: in units of a 32nd of a pixel, weights and their sums
/// are whole numbers, so that every machine gives the same image. A picture of 32 × 32 pixels stays as it is.
pub fn shrink(width: usize, height: usize, colour: impl Fn(u32, u32) -> [u8; 3]) -> [u8; IMAGE_BYTES] {
    let edge = width.min(height);
    let (left, top) = ((width - edge) / 2, (height - edge) / 2);
    let weights: Vec<Vec<(usize, u64)>> = (0..IMAGE_EDGE).map(|pixel| covered(pixel, edge)).collect();
    let area = (edge * edge) as u64;
    let mut image = [0; IMAGE_BYTES];
    for (place, pixel) in image.as_chunks_mut::<3>().0.iter_mut().enumerate() {
        let mut sums = [0u64; 3];
        for (row, height) in &weights[place / IMAGE_EDGE] {
            for (column, width) in &weights[place % IMAGE_EDGE] {
                let colour = colour((top + row) as u32, (left + column) as u32);
                sums.iter_mut().zip(colour).for_each(|(sum, channel)| *sum += height * width * u64::from(channel));
            }
        }
        *pixel = sums.map(|sum| ((sum + area / 2) / area) as u8);
    }
    image
}

/// Which pixels of an edge a shrunk pixel covers, and how many 32nds of each.
fn covered(pixel: usize, edge: usize) -> Vec<(usize, u64)> {
    let (start, end) = (pixel * edge, (pixel + 1) * edge);
    let part = |source: usize| {
        let (from, to) = (source * IMAGE_EDGE, (source + 1) * IMAGE_EDGE);
        (source, (to.min(end) - from.max(start)) as u64)
    };
    (start / IMAGE_EDGE..end.div_ceil(IMAGE_EDGE)).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_of_the_right_size_stays_as_it_is() {
        let colour = |row: u32, column: u32| [row as u8 * 8, column as u8 * 8, (row * column % 256) as u8];
        let same: Vec<u8> = (0..32 * 32).flat_map(|place| colour(place / 32, place % 32)).collect();
        assert_eq!(shrink(32, 32, colour).as_slice(), same.as_slice(), "byte for byte");
    }

    #[test]
    fn every_pixel_is_the_mean_of_its_area() {
        // Stripes a pixel wide vanish into their mean, whatever the size.
        for edge in [64, 128, 320] {
            let shrunk = shrink(edge, edge, |_, column| if column % 2 == 0 { [0; 3] } else { [200; 3] });
            assert!(shrunk.iter().all(|byte| *byte == 100), "an edge of {edge}: {:?}", &shrunk[..6]);
        }
        let flat = shrink(1000, 37, |_, _| [10, 20, 30]);
        assert!(flat.as_chunks::<3>().0.iter().all(|pixel| *pixel == [10, 20, 30]), "and one colour stays itself");
        let dot = shrink(1, 1, |_, _| [1, 2, 3]);
        assert!(dot.as_chunks::<3>().0.iter().all(|pixel| *pixel == [1, 2, 3]), "even of a single pixel");
    }

    #[test]
    fn the_middle_of_the_longer_side_is_kept() {
        let wide = shrink(64 + 20, 64, |_, column| if (10..74).contains(&column) { [255; 3] } else { [0; 3] });
        assert!(wide.iter().all(|byte| *byte == 255), "the sides are cut off");
        let tall = shrink(64, 64 + 20, |row, _| if (10..74).contains(&row) { [255; 3] } else { [0; 3] });
        assert!(tall.iter().all(|byte| *byte == 255), "top and bottom are cut off");
    }

    #[test]
    fn weights_add_up_to_the_whole_edge() {
        for edge in [1, 2, 31, 32, 33, 100, 4001] {
            for pixel in 0..IMAGE_EDGE {
                let sum: u64 = covered(pixel, edge).iter().map(|(_, weight)| weight).sum();
                assert_eq!(sum, edge as u64, "pixel {pixel} of an edge of {edge}");
            }
            let last = covered(IMAGE_EDGE - 1, edge);
            assert_eq!(last.last().map(|(source, _)| *source), Some(edge - 1), "the last pixel of {edge} is reached");
        }
    }
}
