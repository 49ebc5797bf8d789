//! Moving statistics of batch norm as one operation.

#[cfg(feature = "webgpu")]
use burn::backend::fusion::custom::TensorSpec;
use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Dispatch, backend_extension};
use burn::tensor::Tensor;

use super::autodiff_context::{context, in_context};

/// Backends that move averages towards a batch.
#[backend_extension(Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait MovingStatistics: Backend {
    /// `[channels]` each: the moving mean and variance, and those of the batch → the moved ones, as
    /// [`resnet_kernels::follow`].
    #[fusion(meta = followed)]
    fn follow_batch(
        moving_mean: FloatTensor<Self>,
        moving_variance: FloatTensor<Self>,
        mean: FloatTensor<Self>,
        variance: FloatTensor<Self>,
        momentum: f64,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);
}

/// What fusion must know of results before they are computed.
#[cfg(feature = "webgpu")]
fn followed(
    moving_mean: &TensorSpec,
    moving_variance: &TensorSpec,
    _mean: &TensorSpec,
    _variance: &TensorSpec,
    _momentum: &f64,
) -> (TensorSpec, TensorSpec) {
    (moving_mean.clone(), moving_variance.clone())
}

/// As [`MovingStatistics::follow_batch`] for `[mean, variance]`; the results are where the moving statistics are.
pub fn follow_batch(moving: [Tensor<1>; 2], batch: [Tensor<1>; 2], momentum: f64) -> [Tensor<1>; 2] {
    let context = context(&moving[0]);
    let plain = |tensor: Tensor<1>| if tensor.device().is_autodiff() { tensor.inner() } else { tensor };
    let [[moving_mean, moving_variance], [mean, variance]] = [moving, batch].map(|pair| pair.map(|tensor| plain(tensor).into_dispatch()));
    let (mean, variance) = Dispatch::follow_batch(moving_mean, moving_variance, mean, variance, momentum);
    [mean, variance].map(|tensor| in_context(Tensor::from_dispatch(tensor), context))
}
