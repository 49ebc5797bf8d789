//! A batch of images out of the bytes on the device.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::images::WORD_BYTES;
use resnet_kernels::wgsl;

use super::{launch, like};
use crate::model::ops::images::GatherImages;

impl GatherImages for CubeBackend {
    fn gather_images(words: CubeTensor, places: CubeTensor, scale: CubeTensor, offset: CubeTensor) -> CubeTensor {
        let [words, places, scale, offset] = [words, places, scale, offset].map(into_contiguous);
        let ([_, words_of_image], [batch]) = (words.shape().dims(), places.shape().dims());
        let output = like(&scale, [batch, words_of_image * WORD_BYTES]);
        let buffers = [&words.handle, &places.handle, &scale.handle, &offset.handle, &output.handle];
        launch(&words.client, &wgsl::gather_images(batch, words_of_image), &buffers);
        output
    }
}
