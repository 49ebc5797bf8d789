//! Dropout by a mask of one bit a unit.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::wgsl;

use super::{beside, launch};
use crate::model::ops::dropout::Dropout;

impl Dropout for CubeBackend {
    fn drop_units(numbers: CubeTensor, words: CubeTensor, factor: f32) -> CubeTensor {
        let [numbers, words] = [numbers, words].map(into_contiguous);
        let output = beside(&numbers, numbers.shape());
        let kernel = wgsl::drop_units(numbers.shape().num_elements(), factor);
        launch(&numbers.client, &kernel, &[&numbers.handle, &words.handle, &output.handle]);
        output
    }
}
