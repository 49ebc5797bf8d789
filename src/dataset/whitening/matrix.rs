//! The matrix itself.

use nalgebra::DMatrix;

use super::NUMBERS;
use super::eigen::{Directions, centred, directions, means};
use crate::dataset::LabelledImages;
use crate::language::text;

/// The matrix `[3072, 3072]`, symmetric, row after row in little-endian `f32`: `(covariance + epsilon)^-½` for the covariance
/// of the images, pixels from 0 to 1 less their channel's mean. Tells `progress` what it is busy with.
///
/// As Keras' `ImageDataGenerator(featurewise_center=True, zca_whitening=True)` measured it up to Keras 2. Keras 3 adds its
/// epsilon to standard deviations and leaves out directions in which the images do not differ.
pub fn measure(images: &LabelledImages, epsilon: f64, progress: &mut dyn FnMut(&str)) -> Vec<u8> {
    let means = means(images, NUMBERS);
    let directions = directions(&images.pixels, &means, progress);
    progress(text!("putting the matrix together"));
    let matrix = matrix(&directions, &images.pixels, &means, epsilon);
    matrix.iter().flat_map(|entry| (*entry as f32).to_le_bytes()).collect()
}

fn matrix(directions: &Directions, pixels: &[u8], means: &[f64], epsilon: f64) -> DMatrix<f64> {
    // Rounding leaves variances of nothing a little above or below it.
    let variance = |eigenvalue: f64| eigenvalue.max(0.0);
    match directions {
        Directions::OfNumbers(eigen) => {
            let scaled = scaled(&eigen.eigenvectors, |place| (variance(eigen.eigenvalues[place]) + epsilon).powf(-0.25));
            &scaled * scaled.transpose()
        }
        // Where the images do not differ only epsilon is left. In their own directions something less than that is right,
        // written without a difference of near numbers: 1/√ε − 1/√(λ+ε) = λ / (√ε √(λ+ε) (√ε + √(λ+ε))), and an eigenvector of
        // length 1 in the space of numbers has length √(count · λ) in that of images.
        Directions::OfImages(eigen) => {
            let count = eigen.eigenvalues.len() as f64;
            let weight = |place: usize| {
                let (rest, all) = (epsilon.sqrt(), (variance(eigen.eigenvalues[place]) + epsilon).sqrt());
                (count * rest * all * (rest + all)).sqrt().recip()
            };
            let scaled = centred(pixels, means).transpose() * scaled(&eigen.eigenvectors, weight);
            let size = means.len();
            DMatrix::from_diagonal_element(size, size, epsilon.sqrt().recip()) - &scaled * scaled.transpose()
        }
    }
}

/// Columns times their factors.
fn scaled(columns: &DMatrix<f64>, factor: impl Fn(usize) -> f64) -> DMatrix<f64> {
    DMatrix::from_fn(columns.nrows(), columns.ncols(), |row, column| columns[(row, column)] * factor(column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, RandomStream};

    const NUMBERS: usize = 12;
    const EPSILON: f64 = 0.01;

    /// Images of few numbers, each of which has something of the one before it.
    fn images(count: usize) -> Vec<u8> {
        let mut pixels = vec![0; count * NUMBERS];
        RandomStream::new(5, Purpose::Subset, 0).fill_bytes(&mut pixels);
        for place in (0..pixels.len()).filter(|place| place % NUMBERS > 0) {
            pixels[place] = ((u16::from(pixels[place]) + 2 * u16::from(pixels[place - 1])) / 3) as u8;
        }
        pixels
    }

    fn whitening(pixels: &[u8], means: &[f64]) -> DMatrix<f64> {
        matrix(&directions(pixels, means, &mut |_| ()), pixels, means, EPSILON)
    }

    /// `matrix · (covariance + epsilon) · matrix`, which is nothing but ones on the diagonal if the matrix is right.
    fn whitened_covariance(pixels: &[u8], means: &[f64]) -> DMatrix<f64> {
        let centred = centred(pixels, means);
        let covariance = centred.transpose() * &centred / centred.nrows() as f64;
        let matrix = whitening(pixels, means);
        &matrix * (covariance + DMatrix::from_diagonal_element(NUMBERS, NUMBERS, EPSILON)) * &matrix
    }

    #[test]
    fn pixels_are_independent_after_it() {
        let means = vec![120.0; NUMBERS];
        for count in [1, 5, NUMBERS - 1, NUMBERS, NUMBERS + 1, 3000] {
            let found = whitened_covariance(&images(count), &means);
            let worst = (found - DMatrix::identity(NUMBERS, NUMBERS)).abs().max();
            assert!(worst < 1e-9, "{count} images: {worst}");
        }
    }

    #[test]
    fn both_ways_give_the_same_matrix() {
        let (pixels, means) = (images(NUMBERS - 1), vec![100.0; NUMBERS]);
        let twice = [pixels.clone(), pixels.clone()].concat();
        let difference = (whitening(&pixels, &means) - whitening(&twice, &means)).abs().max();
        assert!(difference < 1e-9, "each image twice changes no covariance, but is more than there are numbers: {difference}");
    }

    #[test]
    fn it_is_symmetric_and_turns_nothing_around() {
        let matrix = whitening(&images(40), &[90.0; NUMBERS]);
        assert!((&matrix - matrix.transpose()).abs().max() < 1e-12, "symmetric");
        assert!(matrix.symmetric_eigenvalues().min() > 0.0, "and positive: an image stays most like itself");
    }

    #[test]
    fn images_without_any_difference_are_only_scaled() {
        let (pixels, means) = (vec![90; 3 * NUMBERS], vec![90.0; NUMBERS]);
        let expected = DMatrix::from_diagonal_element(NUMBERS, NUMBERS, EPSILON.sqrt().recip());
        assert!((whitening(&pixels, &means) - expected).abs().max() < 1e-9);
    }
}
