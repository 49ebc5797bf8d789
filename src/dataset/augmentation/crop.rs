//! A crop of the padded image, as the papers on CIFAR do it.

use super::Draw;
use super::ImageShape;

/// Pads by the mirror image (the edge pixel is not doubled) and takes a piece of the old size anywhere.
pub(super) fn pad_and_crop(pixels: &[f32], shape: ImageShape, padding: usize, draw: &Draw) -> Vec<f32> {
    let [height, width, channels] = shape;
    let [top, left] = draw.crop_corner(2 * padding);
    let mut cropped = Vec::with_capacity(pixels.len());
    for row in 0..height {
        let row = reflected(row + top, padding, height);
        for column in 0..width {
            let start = (row * width + reflected(column + left, padding, width)) * channels;
            cropped.extend(pixels.iter().skip(start).take(channels));
        }
    }
    cropped
}

/// The place in the image that stands at `place` of the padded one.
fn reflected(place: usize, padding: usize, count: usize) -> usize {
    let last = count.saturating_sub(1);
    let beyond = place.saturating_sub(padding + last);
    let before = padding.saturating_sub(place);
    let inside = if beyond > 0 { last.saturating_sub(beyond) } else { before.max(place.saturating_sub(padding)) };
    inside.min(last)
}
