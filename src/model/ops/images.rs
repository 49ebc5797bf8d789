//! A batch of images out of the bytes on the device as one operation.

use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Backend, Dispatch, backend_extension};
#[cfg(feature = "webgpu")]
use burn::tensor::Shape;
use burn::tensor::{Int, Tensor};
#[cfg(feature = "webgpu")]
use resnet_kernels::images::WORD_BYTES;

/// Backends that choose images.
#[backend_extension(Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait GatherImages: Backend {
    /// `words` `[images, words]`, `places` `[batch]`, `scale` and `offset` `[3]` → `[batch, numbers]`, as
    /// [`resnet_kernels::gather_images`].
    #[fusion(dtype = scale, shape = chosen(words, places))]
    fn gather_images(
        words: IntTensor<Self>,
        places: IntTensor<Self>,
        scale: FloatTensor<Self>,
        offset: FloatTensor<Self>,
    ) -> FloatTensor<Self>;
}

/// What fusion must know of the result before it is computed.
#[cfg(feature = "webgpu")]
fn chosen(words: &Shape, places: &Shape) -> Shape {
    Shape::from([places[0], words[1] * WORD_BYTES])
}

/// As [`GatherImages::gather_images`].
pub fn gather_images(words: Tensor<2, Int>, places: Tensor<1, Int>, scale: Tensor<1>, offset: Tensor<1>) -> Tensor<2> {
    let [words, places] = [words.into_dispatch(), places.into_dispatch()];
    Tensor::from_dispatch(Dispatch::gather_images(words, places, scale.into_dispatch(), offset.into_dispatch()))
}
