//! The optimizer's step.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::wgsl;

use super::{launch, like, numbers_on_device};
use crate::model::ops::amsgrad::AmsGradOperation;

impl AmsGradOperation for CubeBackend {
    fn amsgrad(
        weight: CubeTensor,
        gradient: CubeTensor,
        first: CubeTensor,
        second: CubeTensor,
        largest_second: CubeTensor,
        step_length: f32,
        weight_in_gradient: f32,
    ) -> (CubeTensor, CubeTensor, CubeTensor, CubeTensor) {
        let [weight, gradient] = [weight, gradient].map(into_contiguous);
        let [first, second, largest_second] = [first, second, largest_second].map(own);
        let [len] = weight.shape().dims();
        let output = like(&weight, [len]);
        let step = numbers_on_device(&weight.client, [step_length, weight_in_gradient]);
        let [of_first, of_second, of_largest] = [&first.handle, &second.handle, &largest_second.handle];
        let buffers = [&weight.handle, &gradient.handle, &step, of_first, of_second, of_largest, &output.handle];
        launch(&weight.client, &wgsl::amsgrad(len), &buffers);
        (output, first, second, largest_second)
    }
}

/// A tensor that may be written to.
fn own(tensor: CubeTensor) -> CubeTensor {
    let tensor = into_contiguous(tensor);
    if tensor.can_mut() { tensor } else { tensor.copy() }
}
