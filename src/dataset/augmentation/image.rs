//! Images as floats, row by row.

/// Rows, columns and channels of an image.
pub type ImageShape = [usize; 3];

/// Left becomes right.
pub fn mirror(pixels: &mut [f32], [_, width, channels]: ImageShape) {
    if channels == 0 {
        return;
    }
    for row in pixels.chunks_exact_mut((width * channels).max(1)) {
        row.reverse();
        row.chunks_exact_mut(channels).for_each(<[f32]>::reverse);
    }
}
