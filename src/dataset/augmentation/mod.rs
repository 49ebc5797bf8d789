//! Random changes to training images, so that a small set does not look the same twice: floats in, floats out.
//!
//! What an image becomes depends on the run's seed, the epoch and the image alone, never on its place in a batch or on the
//! device. Each kind of change has numbers of its own: switching one on leaves the others as they were.

mod affine;
mod choices;
mod crop;
mod cutout;
mod draw;
mod image;
mod statistics;

pub use choices::{Augmentation, MOST_CROP_PADDING, MOST_CUTOUT, MOST_ROTATION, MOST_SHEAR, MOST_SHIFT, MOST_ZOOM};
pub use draw::Draw;
pub use image::{ImageShape, mirror};
pub use statistics::{ImageStatistics, InputNormalisation};

/// What training sees of an image in place of `pixels` (`[height, width, channels]`, row-major, 0 to 255).
///
/// `fill` is the colour under a cutout, one value a channel. Rotation, shift, shear and zoom come first, as one transform
/// that takes pixels once; then the crop, the mirror and the cutout.
pub fn augment(augmentation: &Augmentation, pixels: Vec<f32>, shape: ImageShape, fill: &[f32], draw: &Draw) -> Vec<f32> {
    let mut image = match affine::Transform::drawn(augmentation, shape, draw) {
        Some(transform) => transform.apply(&pixels, shape),
        None => pixels,
    };
    if augmentation.crop_padding > 0 {
        image = crop::pad_and_crop(&image, shape, augmentation.crop_padding, draw);
    }
    if augmentation.flip && draw.flips() {
        mirror(&mut image, shape);
    }
    if augmentation.cutout > 0 {
        cutout::cut_out(&mut image, shape, augmentation.cutout, fill, draw);
    }
    image
}

#[cfg(test)]
mod tests;
