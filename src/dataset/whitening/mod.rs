//! ZCA whitening: a turn of colour space that makes all pixels of the training images independent of each other, and stays
//! as close to the images as it can (Bell & Sejnowski 1997; Krizhevsky 2009, appendix A).
//!
//! The matrix is measured once for the images of a run and kept under a name that says which they are.

#[cfg(feature = "whitening")]
mod eigen;
#[cfg(feature = "whitening")]
mod matrix;
#[cfg(feature = "whitening")]
mod products;

#[cfg(feature = "whitening")]
pub use matrix::measure;

use crate::dataset::{IMAGE_BYTES, LabelledImages};

/// Rows and columns of the matrix: one for each number of an image.
pub const NUMBERS: usize = IMAGE_BYTES;

/// Usual for pixels from 0 to 1 (Pal & Sudeep 2016). Keras' own, 0.000001, all but divides by nothing wherever few images
/// differ, and makes noise of any other image.
pub const USUAL_EPSILON: f64 = 0.1;
/// Keras' `zca_epsilon`.
pub const LEAST_EPSILON: f64 = 1e-6;
/// Far above all variances of pixels from 0 to 1, whitening does no more than scale.
pub const MOST_EPSILON: f64 = 100.0;

/// What all names of kept matrices begin with.
pub const KEPT: &str = "whitening-";

/// Name of the matrix of these images.
pub fn kept_name(images: &LabelledImages, epsilon: f64) -> String {
    let mut checksum = crc32fast::Hasher::new();
    checksum.update(&epsilon.to_le_bytes());
    checksum.update(&images.pixels);
    format!("{KEPT}{}-{:08x}", images.len(), checksum.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_which_images_and_how_they_are_whitened() {
        let images = |byte| LabelledImages { pixels: vec![byte; IMAGE_BYTES], labels: vec![0] };
        let name = kept_name(&images(1), 0.1);
        assert!(name.starts_with("whitening-1-"), "{name}");
        assert_eq!(name, kept_name(&images(1), 0.1), "the same again");
        assert_ne!(name, kept_name(&images(2), 0.1), "other images");
        assert_ne!(name, kept_name(&images(1), 0.2), "whitened otherwise");
    }
}
