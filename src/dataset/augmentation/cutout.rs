//! A square blotted out.

use super::Draw;
use super::ImageShape;

/// Fills a square of `edge` pixels; its centre lies anywhere in the image, so that it may hang over the side.
pub(super) fn cut_out(pixels: &mut [f32], shape: ImageShape, edge: usize, fill: &[f32], draw: &Draw) {
    let [height, width, channels] = shape;
    let [row, column] = draw.cutout_centre(height, width);
    let span = |centre: usize, count: usize| centre.saturating_sub(edge / 2)..(centre + edge - edge / 2).min(count);
    let columns = span(column, width);
    for row in span(row, height) {
        let places = (row * width + columns.start) * channels..(row * width + columns.end) * channels;
        let pixels = pixels.get_mut(places).unwrap_or_default();
        for (value, fill) in pixels.iter_mut().zip(fill.iter().cycle()) {
            *value = *fill;
        }
    }
}
