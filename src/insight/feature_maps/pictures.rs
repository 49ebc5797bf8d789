//! What was found as bitmaps, one pixel for each value; the browser enlarges them.

use super::{ActivationMap, FeatureMaps};
use crate::dataset::IMAGE_EDGE;
use crate::drawing::bitmap::bitmap;
use crate::insight::layer_stats::ramp;

/// Maps in a row.
const COLUMNS: usize = 8;
/// Between two maps.
const GAP: [u8; 3] = [128, 128, 128];
/// How much of the image is left under a class activation map.
const IMAGE_SHARE: f64 = 0.45;

/// An image `[32, 32, 3]` as it is, or under a class activation map.
pub fn image_picture(pixels: &[u8], over: Option<&ActivationMap>) -> Vec<u8> {
    bitmap(IMAGE_EDGE, IMAGE_EDGE, &|row, column| {
        let at = (row * IMAGE_EDGE + column) * 3;
        let colour: [u8; 3] = std::array::from_fn(|channel| pixels.get(at + channel).copied().unwrap_or_default());
        let Some(map) = over else { return colour };
        // Each value covers the pixels it stands for.
        let [height, width] = map.size;
        let place = row * height / IMAGE_EDGE * width + column * width / IMAGE_EDGE;
        let warmth = ramp(f64::from(map.bytes.get(place).copied().unwrap_or_default()) / 255.0);
        std::array::from_fn(|channel| {
            (IMAGE_SHARE * f64::from(colour[channel]) + (1.0 - IMAGE_SHARE) * f64::from(warmth[channel])).round() as u8
        })
    })
}

/// Maps side by side in grey, the strongest at the top left.
pub fn maps_picture(maps: &FeatureMaps) -> Vec<u8> {
    let [height, width] = maps.size;
    let columns = maps.chosen.len().clamp(1, COLUMNS);
    let rows = maps.chosen.len().div_ceil(columns);
    let edge = |count: usize, size: usize| (count * (size + 1)).saturating_sub(1);
    bitmap(edge(columns, width), edge(rows, height), &|row, column| {
        let (map_row, inside_row) = (row / (height + 1), row % (height + 1));
        let (map_column, inside_column) = (column / (width + 1), column % (width + 1));
        if inside_row == height || inside_column == width {
            return GAP;
        }
        let map = map_row * columns + map_column;
        maps.bytes.get((map * height + inside_row) * width + inside_column).map_or(GAP, |value| [*value; 3])
    })
}
