//! What was found as pictures, one pixel for each value; the browser enlarges them.

use super::{ActivationMap, FeatureMaps};
use crate::dataset::IMAGE_EDGE;
use crate::drawing::picture::Picture;
use crate::insight::layer_stats::ramp;

/// Maps in a row.
const COLUMNS: usize = 8;
/// Between two maps.
const GAP: [u8; 3] = [128, 128, 128];
/// How much of the image is left under a class activation map.
const IMAGE_SHARE: f64 = 0.45;

/// An image `[32, 32, 3]` as it is, or under a class activation map.
pub fn image_picture(pixels: &[u8], over: Option<&ActivationMap>) -> Picture {
    let image = Picture::of_image(pixels, IMAGE_EDGE);
    let Some(map) = over else { return image };
    let [height, width] = map.size;
    Picture::new(IMAGE_EDGE, IMAGE_EDGE, |row, column| {
        // Each value covers the pixels it stands for.
        let place = row * height / IMAGE_EDGE * width + column * width / IMAGE_EDGE;
        let warmth = ramp(f64::from(map.bytes.get(place).copied().unwrap_or_default()) / 255.0);
        let colour = image.at(row, column);
        std::array::from_fn(|channel| {
            (IMAGE_SHARE * f64::from(colour[channel]) + (1.0 - IMAGE_SHARE) * f64::from(warmth[channel])).round() as u8
        })
    })
}

/// The colours of a class activation map from nothing (left) to its largest value (right).
pub fn colour_bar(width: usize) -> Picture {
    Picture::new(width, 1, |_, column| ramp(column as f64 / width.saturating_sub(1).max(1) as f64))
}

/// Maps side by side in grey, the strongest at the top left.
pub fn maps_picture(maps: &FeatureMaps) -> Picture {
    let [height, width] = maps.size;
    let columns = maps.chosen.len().clamp(1, COLUMNS);
    let rows = maps.chosen.len().div_ceil(columns);
    let edge = |count: usize, size: usize| (count * (size + 1)).saturating_sub(1);
    Picture::new(edge(columns, width), edge(rows, height), |row, column| {
        let (map_row, inside_row) = (row / (height + 1), row % (height + 1));
        let (map_column, inside_column) = (column / (width + 1), column % (width + 1));
        if inside_row == height || inside_column == width {
            return GAP;
        }
        let map = map_row * columns + map_column;
        maps.bytes.get((map * height + inside_row) * width + inside_column).map_or(GAP, |value| [*value; 3])
    })
}
