//! The optimizer's step of a weight as one operation, or of two. Of Burn's own it takes a dozen passes, on a GPU each a kernel.

#[cfg(feature = "webgpu")]
use burn::backend::fusion::custom::TensorSpec;
use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, ExtensionType, backend_extension};

/// A weight off autodiff, and what moves it.
#[derive(Debug, ExtensionType)]
#[extension_type(fusion: cfg(feature = "webgpu"))]
pub struct MovingWeight<B: Backend> {
    /// Of any shape.
    pub weight: FloatTensor<B>,
    /// Of the weight's shape.
    pub gradient: FloatTensor<B>,
    /// `[3, numbers of the weight]`, in the order of [`resnet_kernels::amsgrad`].
    pub moments: FloatTensor<B>,
    /// As in [`resnet_kernels::AmsGradStep`].
    pub weight_in_gradient: f32,
}

/// A weight after its step.
#[derive(Debug, ExtensionType)]
#[extension_type(fusion: cfg(feature = "webgpu"))]
pub struct MovedWeight<B: Backend> {
    /// In its shape.
    pub weight: FloatTensor<B>,
    /// `[3, numbers of the weight]`.
    pub moments: FloatTensor<B>,
}

/// Backends that move a weight along its gradient as Adam with AMSGrad does, by the `step_length` `[1]` of
/// [`resnet_kernels::AmsGradStep`]. Weight and moments are overwritten where nothing else holds them.
#[backend_extension(Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait AmsGradOperation: Backend {
    /// One weight.
    #[fusion(meta = moved)]
    fn amsgrad(#[extension_type] weight: MovingWeight<Self>, step_length: FloatTensor<Self>) -> MovedWeight<Self>;

    /// Two weights, on a GPU in one launch.
    #[fusion(meta = |one, other, step_length| (moved(one, step_length), moved(other, step_length)))]
    fn amsgrad_of_two(
        #[extension_type] one: MovingWeight<Self>,
        #[extension_type] other: MovingWeight<Self>,
        step_length: FloatTensor<Self>,
    ) -> (MovedWeight<Self>, MovedWeight<Self>);
}

/// What fusion must know of the result before it is computed.
#[cfg(feature = "webgpu")]
fn moved(moving: &MovingWeightMetadata, _step_length: &TensorSpec) -> MovedWeightMetadata {
    MovedWeightMetadata { weight: moving.weight.clone(), moments: moving.moments.clone() }
}
