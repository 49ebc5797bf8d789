//! The optimizer's step of a weight as one operation. Of Burn's own it takes a dozen passes, on a GPU each a kernel.

#[cfg(feature = "webgpu")]
use burn::backend::fusion::custom::TensorSpec;
use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Dispatch, backend_extension};
use burn::tensor::Tensor;
use resnet_kernels::AmsGradStep;

/// Backends that move a weight along its gradient as Adam with AMSGrad does.
#[backend_extension(Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait AmsGradOperation: Backend {
    /// `[numbers]` each: the weight, its gradient, and the three moments in the order of
    /// [`resnet_kernels::amsgrad`] → the moved weight and moments. The moments are overwritten where nothing else
    /// holds them.
    #[fusion(meta = moved)]
    fn amsgrad(
        weight: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        first: FloatTensor<Self>,
        second: FloatTensor<Self>,
        largest_second: FloatTensor<Self>,
        step_length: f32,
        weight_in_gradient: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

/// What fusion must know of results before they are computed.
#[cfg(feature = "webgpu")]
fn moved(
    weight: &TensorSpec,
    _gradient: &TensorSpec,
    first: &TensorSpec,
    second: &TensorSpec,
    largest_second: &TensorSpec,
    _step_length: &f32,
    _weight_in_gradient: &f32,
) -> (TensorSpec, TensorSpec, TensorSpec, TensorSpec) {
    (weight.clone(), first.clone(), second.clone(), largest_second.clone())
}

/// As [`AmsGradOperation::amsgrad`], for tensors off autodiff.
pub fn amsgrad(step: AmsGradStep, weight: Tensor<1>, gradient: Tensor<1>, moments: [Tensor<1>; 3]) -> (Tensor<1>, [Tensor<1>; 3]) {
    let [first, second, largest_second] = moments.map(Tensor::into_dispatch);
    let AmsGradStep { step_length, weight_in_gradient } = step;
    let (weight, first, second, largest_second) =
        Dispatch::amsgrad(weight.into_dispatch(), gradient.into_dispatch(), first, second, largest_second, step_length, weight_in_gradient);
    (Tensor::from_dispatch(weight), [first, second, largest_second].map(Tensor::from_dispatch))
}
