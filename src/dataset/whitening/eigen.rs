//! Principal directions of images.

use nalgebra::{DMatrix, SymmetricEigen};

use super::products::{MIDDLE, Products, of_images, of_numbers};
use crate::dataset::LabelledImages;
use crate::dataset::augmentation::ImageStatistics;
use crate::language::{marked, text, translated};

/// Nothing can be told while it lasts.
const SEARCH: &str = marked!("finding their directions, with 3,000 images or more for a minute or two");

/// Half of what whitening is made from: few images have fewer directions than numbers.
pub enum Directions {
    /// The images themselves are the rows: eigenvectors `[images, images]` of their products with each other, divided by
    /// their count.
    OfImages(SymmetricEigen<f64, nalgebra::Dyn>),
    /// Eigenvectors `[numbers, numbers]` of the covariance.
    OfNumbers(SymmetricEigen<f64, nalgebra::Dyn>),
}

/// Mean of each number of an image, from 0 to 255: that of its channel, as Keras' `featurewise_center` takes it.
pub fn means(images: &LabelledImages, numbers: usize) -> Vec<f64> {
    let mean = ImageStatistics::measured(images).mean;
    (0..numbers).map(|number| f64::from(mean[number % mean.len()]) * 255.0).collect()
}

/// `pixels` less `means`, from 0 to 1.
pub fn centred(pixels: &[u8], means: &[f64]) -> DMatrix<f64> {
    let count = pixels.len() / means.len();
    DMatrix::from_row_iterator(
        count,
        means.len(),
        pixels.iter().zip(means.iter().cycle()).map(|(byte, mean)| (f64::from(*byte) - mean) / 255.0),
    )
}

/// Directions of `pixels`, images of as many numbers as there are `means`. Tells `progress` what it is busy with.
pub fn directions(pixels: &[u8], means: &[f64], progress: &mut dyn FnMut(&str)) -> Directions {
    progress(text!("comparing pixels"));
    let (numbers, count) = (means.len(), pixels.len() / means.len());
    let middle: Vec<f64> = means.iter().map(|mean| mean - f64::from(MIDDLE)).collect();
    let scale = 1.0 / (count as f64 * 255.0 * 255.0);
    if count < numbers {
        let Products { pairs, .. } = of_images(pixels, numbers);
        let with_mean: Vec<f64> = pixels.chunks_exact(numbers).map(|image| dot(image, &middle)).collect();
        let of_mean: f64 = middle.iter().map(|mean| mean * mean).sum();
        let pair = |row: usize, column: usize| pairs[row * count + column] - with_mean[row] - with_mean[column] + of_mean;
        progress(translated(SEARCH));
        Directions::OfImages(SymmetricEigen::new(symmetric(count, |row, column| pair(row, column) * scale)))
    } else {
        let Products { pairs, sums } = of_numbers(pixels, numbers);
        let pair = |row: usize, column: usize| {
            let corrected = pairs[row * numbers + column] - middle[column] * sums[row] - middle[row] * sums[column];
            corrected + count as f64 * middle[row] * middle[column]
        };
        progress(translated(SEARCH));
        Directions::OfNumbers(SymmetricEigen::new(symmetric(numbers, |row, column| pair(row, column) * scale)))
    }
}

fn dot(image: &[u8], middle: &[f64]) -> f64 {
    image.iter().zip(middle).map(|(byte, mean)| f64::from(i16::from(*byte) - MIDDLE) * mean).sum()
}

/// From what is below the diagonal and on it.
fn symmetric(size: usize, entry: impl Fn(usize, usize) -> f64) -> DMatrix<f64> {
    DMatrix::from_fn(size, size, |row, column| entry(row.max(column), row.min(column)))
}
