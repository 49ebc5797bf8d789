//! The optimizer's step of a weight as one operation, or of two. Of Burn's own it takes a dozen passes, on a GPU each a kernel.

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Dispatch, ExtensionType, backend_extension};
use burn::tensor::Tensor;
use resnet_kernels::AmsGradStep;

/// A weight off autodiff, and what moves it.
#[derive(Debug, ExtensionType)]
#[extension_type(fusion: cfg(feature = "webgpu"))]
pub struct MovingWeight<B: Backend> {
    /// `[numbers]`.
    pub weight: FloatTensor<B>,
    /// `[numbers]`.
    pub gradient: FloatTensor<B>,
    /// `[3, numbers]`, in the order of [`resnet_kernels::amsgrad`].
    pub moments: FloatTensor<B>,
    /// How far.
    pub step: AmsGradStep,
}

/// A weight after its step.
#[derive(Debug, ExtensionType)]
#[extension_type(fusion: cfg(feature = "webgpu"))]
pub struct MovedWeight<B: Backend> {
    /// `[numbers]`.
    pub weight: FloatTensor<B>,
    /// `[3, numbers]`.
    pub moments: FloatTensor<B>,
}

/// Backends that move a weight along its gradient as Adam with AMSGrad does. Weight and moments are overwritten where nothing
/// else holds them.
#[backend_extension(Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait AmsGradOperation: Backend {
    /// One weight.
    #[fusion(meta = moved)]
    fn amsgrad(#[extension_type] weight: MovingWeight<Self>) -> MovedWeight<Self>;

    /// Two weights, on a GPU in one launch.
    #[fusion(meta = |one, other| (moved(one), moved(other)))]
    fn amsgrad_of_two(
        #[extension_type] one: MovingWeight<Self>,
        #[extension_type] other: MovingWeight<Self>,
    ) -> (MovedWeight<Self>, MovedWeight<Self>);
}

/// What fusion must know of the result before it is computed.
#[cfg(feature = "webgpu")]
fn moved(moving: &MovingWeightMetadata) -> MovedWeightMetadata {
    MovedWeightMetadata { weight: moving.weight.clone(), moments: moving.moments.clone() }
}

impl MovingWeight<Dispatch> {
    /// `weight` and `gradient` `[numbers]`, `moments` `[3, numbers]`.
    pub fn new(weight: Tensor<1>, gradient: Tensor<1>, moments: Tensor<2>, step: AmsGradStep) -> Self {
        Self { weight: weight.into_dispatch(), gradient: gradient.into_dispatch(), moments: moments.into_dispatch(), step }
    }
}

impl MovedWeight<Dispatch> {
    /// The weight, `[numbers]`, and its moments, `[3, numbers]`.
    pub fn into_tensors(self) -> (Tensor<1>, Tensor<2>) {
        (Tensor::from_dispatch(self.weight), Tensor::from_dispatch(self.moments))
    }
}
