//! Whitens images on their device.

use burn::tensor::{DType, Device, Int, Tensor, TensorData};

use crate::dataset::IMAGE_EDGE;
use crate::dataset::whitening::NUMBERS;
use crate::experiment::TrainError;
use crate::language::text;
use crate::model::ops::convolve;

/// A [measured](crate::dataset::whitening) matrix.
#[derive(Debug, Clone)]
pub struct Whitening {
    /// `[32, 1, 96, 3072]`: the symmetric matrix row by row, as maps that threads can share.
    matrix: Tensor<4>,
}

impl Whitening {
    /// Takes the file of a matrix to the plain `device`.
    ///
    /// # Errors
    /// When it is not there or not whole.
    pub fn new(file: Option<Vec<u8>>, device: &Device) -> Result<Self, TrainError> {
        let whole = file.filter(|file| file.len() == NUMBERS * NUMBERS * size_of::<f32>());
        let gone = || text!("the matrix that whitens them is no longer in this browser: reset the run and press Play again");
        let file = whole.ok_or_else(|| TrainError::Images { reason: gone().into() })?;
        let shape = [IMAGE_EDGE, 1, NUMBERS / IMAGE_EDGE, NUMBERS];
        Ok(Self { matrix: Tensor::from_data(TensorData::from_bytes_vec(file, shape, DType::F32), device) })
    }

    /// Whitens images `[batch, 32, 32, 3]`.
    fn apply(&self, images: Tensor<4>) -> Tensor<4> {
        let shape @ [batch, ..] = images.dims();
        // The product of two matrices as a 1×1 convolution, as in dense layers. The matrix is the map and the images are the
        // kernel, because kernels are put in another order each time: the other way around that takes most of the time.
        let kernel = turned(images.reshape([1, batch * NUMBERS]), NUMBERS).reshape([1, 1, NUMBERS, batch]);
        let bias = Tensor::zeros([batch], &kernel.device());
        let columns = convolve(self.matrix.clone(), kernel, bias, 1).reshape([1, NUMBERS * batch]);
        turned(columns, batch).reshape(shape)
    }
}

/// A matrix of so many `columns` with rows and columns exchanged, both as one row of numbers. By gathering, which is in every
/// trainer: to exchange axes brings its gradient along, a kilobyte and a half that nobody has to download.
fn turned(numbers: Tensor<2>, columns: usize) -> Tensor<2> {
    let [_, count] = numbers.dims();
    let rows = count / columns;
    let places: Vec<i32> = (0..count).map(|place| (place % rows * columns + place / rows) as i32).collect();
    let places = Tensor::<2, Int>::from_data(TensorData::new(places, [1, count]), &numbers.device());
    numbers.gather(1, places)
}

/// Images `[batch, 32, 32, 3]`, whitened where a run does that.
pub(super) fn whiten(images: Tensor<4>, whitening: Option<&Whitening>) -> Tensor<4> {
    match whitening {
        Some(whitening) => whitening.apply(images),
        None => images,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, RandomStream};

    #[test]
    fn each_image_is_multiplied_by_the_matrix() {
        let device = Device::flex();
        let mut random = RandomStream::new(3, Purpose::Subset, 0);
        let mut numbers = |count: usize| (0..count).map(|_| random.unit() - 0.5).collect::<Vec<f32>>();
        let mut matrix = numbers(NUMBERS * NUMBERS);
        for row in 0..NUMBERS {
            for column in 0..row {
                matrix[row * NUMBERS + column] = matrix[column * NUMBERS + row];
            }
        }
        let whitening = Whitening::new(Some(matrix.iter().flat_map(|number| number.to_le_bytes()).collect()), &device).unwrap();
        for batch in [1, 3, 8] {
            let images = numbers(batch * NUMBERS);
            let tensor = Tensor::<4>::from_data(TensorData::new(images.clone(), [batch, IMAGE_EDGE, IMAGE_EDGE, 3]), &device);
            let found: Vec<f32> = whitening.apply(tensor).into_data().try_to_vec().unwrap();
            for (place, found) in found.iter().enumerate().step_by(97) {
                let image = &images[place / NUMBERS * NUMBERS..][..NUMBERS];
                let row = &matrix[place % NUMBERS * NUMBERS..][..NUMBERS];
                let expected: f64 = image.iter().zip(row).map(|(one, other)| f64::from(*one) * f64::from(*other)).sum();
                assert!((f64::from(*found) - expected).abs() < 1e-3, "number {place} of {batch} images: {found} is not {expected}");
            }
        }
    }

    #[test]
    fn half_a_file_is_none() {
        assert!(Whitening::new(Some(vec![0; 12]), &Device::flex()).is_err());
    }
}
