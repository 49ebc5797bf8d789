//! Rotation, shift, shear and zoom as Keras composes them, sampled once.

use super::ImageShape;
use super::{Augmentation, Draw};

/// Where each pixel of the new image lies in the old one: `[row, column]` ↦ `matrix · [row, column] + offset`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Transform {
    pub matrix: [[f64; 2]; 2],
    pub offset: [f64; 2],
}

impl Transform {
    /// What `augmentation` and chance make of an image; none when it stays where it is.
    pub fn drawn(augmentation: &Augmentation, shape: ImageShape, draw: &Draw) -> Option<Self> {
        if !augmentation.resamples() {
            return None;
        }
        let [height, width, _] = shape;
        let angle = (augmentation.rotation_degrees * draw.rotation).to_radians();
        let shear = (augmentation.shear_degrees * draw.shear).to_radians();
        let shift =
            [augmentation.height_shift * draw.height_shift * height as f64, augmentation.width_shift * draw.width_shift * width as f64];
        let zoom = [1.0 + augmentation.zoom * draw.height_zoom, 1.0 + augmentation.zoom * draw.width_zoom];
        Some(Self::around_centre(angle, shift, shear, zoom, shape))
    }

    /// `centre · rotation · shift · shear · zoom · centre⁻¹`, Keras' order; angles in radians, shifts in pixels down and
    /// to the right.
    pub fn around_centre(angle: f64, shift: [f64; 2], shear: f64, zoom: [f64; 2], [height, width, _]: ImageShape) -> Self {
        let (sine, cosine) = angle.sin_cos();
        let rotation = [[cosine, -sine], [sine, cosine]];
        let shear_and_zoom = [[zoom[0], -shear.sin() * zoom[1]], [0.0, shear.cos() * zoom[1]]];
        let matrix = multiply(rotation, shear_and_zoom);
        let centre = [height, width].map(|edge| edge as f64 / 2.0 - 0.5);
        let (shifted, turned) = (apply(rotation, shift), apply(matrix, centre));
        Self { matrix, offset: [centre[0] + shifted[0] - turned[0], centre[1] + shifted[1] - turned[1]] }
    }

    /// Bilinear between pixels; beyond the edge the nearest one.
    pub fn apply(&self, pixels: &[f32], shape: ImageShape) -> Vec<f32> {
        let [height, width, channels] = shape;
        let mut moved = Vec::with_capacity(pixels.len());
        for row in 0..height {
            for column in 0..width {
                let [y, x] = apply(self.matrix, [row as f64, column as f64]);
                let (upper, lower, down) = neighbours(y + self.offset[0], height);
                let (left, right, across) = neighbours(x + self.offset[1], width);
                for channel in 0..channels {
                    let at = |row: usize, column: usize| pixels.get((row * width + column) * channels + channel).copied().unwrap_or(0.0);
                    let above = mix(at(upper, left), at(upper, right), across);
                    let below = mix(at(lower, left), at(lower, right), across);
                    moved.push(mix(above, below, down));
                }
            }
        }
        moved
    }
}

/// The two places around a coordinate and how far it is from the first to the second.
fn neighbours(coordinate: f64, count: usize) -> (usize, usize, f32) {
    let last = count.saturating_sub(1);
    let inside = coordinate.clamp(0.0, last as f64);
    let before = inside.floor();
    (before as usize, (before as usize + 1).min(last), (inside - before) as f32)
}

fn mix(first: f32, second: f32, share: f32) -> f32 {
    first + (second - first) * share
}

fn multiply(first: [[f64; 2]; 2], second: [[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let column = |place: usize| apply(first, [second[0][place], second[1][place]]);
    let (left, right) = (column(0), column(1));
    [[left[0], right[0]], [left[1], right[1]]]
}

fn apply(matrix: [[f64; 2]; 2], [y, x]: [f64; 2]) -> [f64; 2] {
    matrix.map(|[down, across]| down * y + across * x)
}
