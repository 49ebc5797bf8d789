//! Tensors whose numbers change in their place: what a recorded step reads stays where it was when the step was recorded.

use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Backend, Dispatch, backend_extension};
use burn::tensor::{Int, Tensor};

/// Backends that write into a tensor.
#[backend_extension(Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait Overwrite: Backend {
    /// `target` with the numbers of `source`, which has its shape. On a GPU they are written into its buffer, and whatever else holds
    /// it sees them too.
    #[fusion(dtype = target, shape = target.clone())]
    fn overwrite(target: FloatTensor<Self>, source: FloatTensor<Self>) -> FloatTensor<Self>;

    /// The same for whole numbers.
    #[fusion(dtype = target, shape = target.clone())]
    fn overwrite_int(target: IntTensor<Self>, source: IntTensor<Self>) -> IntTensor<Self>;
}

/// As [`Overwrite::overwrite`], off autodiff.
pub fn overwrite<const D: usize>(target: Tensor<D>, source: Tensor<D>) -> Tensor<D> {
    Tensor::from_dispatch(Dispatch::overwrite(target.into_dispatch(), source.into_dispatch()))
}

/// As [`Overwrite::overwrite_int`].
pub fn overwrite_int<const D: usize>(target: Tensor<D, Int>, source: Tensor<D, Int>) -> Tensor<D, Int> {
    Tensor::from_dispatch(Dispatch::overwrite_int(target.into_dispatch(), source.into_dispatch()))
}

/// The same numbers in a buffer of their own, off autodiff.
pub fn duplicate<const D: usize>(tensor: Tensor<D>) -> Tensor<D> {
    overwrite(Tensor::empty(tensor.shape(), &tensor.device()), tensor)
}

/// The same for whole numbers.
pub fn duplicate_int<const D: usize>(tensor: Tensor<D, Int>) -> Tensor<D, Int> {
    overwrite_int(Tensor::empty(tensor.shape(), &tensor.device()), tensor)
}
