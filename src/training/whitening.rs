//! Whitens images on their device.

use burn::tensor::{DType, Device, Tensor, TensorData};

use crate::operations::convolve;
use crate::whitening::NUMBERS;

/// A [measured](crate::whitening) matrix.
#[derive(Debug, Clone)]
pub struct Whitening {
    /// `[1, 1, 3072, 3072]`.
    matrix: Tensor<4>,
    /// `[3072]`, all 0.
    bias: Tensor<1>,
}

impl Whitening {
    /// Takes the file of a matrix to the plain `device`; none where it is not whole.
    pub fn new(file: Vec<u8>, device: &Device) -> Option<Self> {
        if file.len() != NUMBERS * NUMBERS * size_of::<f32>() {
            return None;
        }
        let matrix = Tensor::from_data(TensorData::from_bytes_vec(file, [1, 1, NUMBERS, NUMBERS], DType::F32), device);
        Some(Self { matrix, bias: Tensor::zeros([NUMBERS], device) })
    }

    /// Whitens images `[batch, 32, 32, 3]`.
    fn apply(&self, images: Tensor<4>) -> Tensor<4> {
        let shape = images.dims();
        // As dense layers, without matrix products: as a map of one row, a pixel an image.
        let rows = images.reshape([1, 1, shape[0], NUMBERS]);
        convolve(rows, self.matrix.clone(), self.bias.clone(), 1).reshape(shape)
    }
}

/// Images `[batch, 32, 32, 3]`, whitened where a run does that.
pub(super) fn whiten(images: Tensor<4>, whitening: Option<&Whitening>) -> Tensor<4> {
    match whitening {
        Some(whitening) => whitening.apply(images),
        None => images,
    }
}
