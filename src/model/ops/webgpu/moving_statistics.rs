//! Moving statistics of batch norm.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::wgsl;

use super::{launch, like};
use crate::model::ops::moving_statistics::MovingStatistics;

impl MovingStatistics for CubeBackend {
    fn follow_batch(
        moving_mean: CubeTensor,
        moving_variance: CubeTensor,
        mean: CubeTensor,
        variance: CubeTensor,
        momentum: f64,
    ) -> (CubeTensor, CubeTensor) {
        let read = [moving_mean, moving_variance, mean, variance].map(into_contiguous);
        let [moving, ..] = &read;
        let [channels] = moving.shape().dims();
        let written = [(); 2].map(|()| like(moving, [channels]));
        let buffers: Vec<_> = read.iter().chain(&written).map(|tensor| &tensor.handle).collect();
        launch(&moving.client, &wgsl::moving_statistics(channels, momentum), &buffers);
        written.into()
    }
}
