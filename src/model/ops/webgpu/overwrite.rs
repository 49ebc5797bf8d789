//! Numbers written into a buffer that is there already.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::wgsl;

use super::launch;
use crate::model::ops::overwrite::Overwrite;

impl Overwrite for CubeBackend {
    fn overwrite(target: CubeTensor, source: CubeTensor) -> CubeTensor {
        let source = into_contiguous(source);
        launch(&target.client, &wgsl::copy(target.shape().num_elements()), &[&source.handle, &target.handle]);
        target
    }

    fn overwrite_int(target: CubeTensor, source: CubeTensor) -> CubeTensor {
        Self::overwrite(target, source)
    }
}
