//! The optimizer's step.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::cubecl::client::Client;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::wgsl;

use super::{launch, own};
use crate::model::ops::amsgrad::{AmsGradOperation, MovedWeight, MovingWeight};

impl AmsGradOperation for CubeBackend {
    fn amsgrad(weight: MovingWeight<Self>, step_length: CubeTensor) -> MovedWeight<Self> {
        let [moved] = move_together(&weight.weight.client.clone(), [weight], step_length);
        moved
    }

    fn amsgrad_of_two(
        one: MovingWeight<Self>,
        other: MovingWeight<Self>,
        step_length: CubeTensor,
    ) -> (MovedWeight<Self>, MovedWeight<Self>) {
        move_together(&one.weight.client.clone(), [one, other], step_length).into()
    }
}

fn move_together<const WEIGHTS: usize>(
    client: &Client,
    weights: [MovingWeight<CubeBackend>; WEIGHTS],
    step_length: CubeTensor,
) -> [MovedWeight<CubeBackend>; WEIGHTS] {
    let step_length = into_contiguous(step_length);
    let kernel = wgsl::amsgrad(weights.each_ref().map(|moving| (moving.weight.shape().num_elements(), moving.weight_in_gradient)));
    let gradients = weights.each_ref().map(|moving| into_contiguous(moving.gradient.clone()));
    let moved = weights.map(|moving| MovedWeight { weight: own(moving.weight), moments: own(moving.moments) });
    let written = moved.iter().flat_map(|moved: &MovedWeight<CubeBackend>| [&moved.weight.handle, &moved.moments.handle]);
    let buffers: Vec<_> =
        [&step_length.handle].into_iter().chain(gradients.iter().map(|gradient| &gradient.handle)).chain(written).collect();
    launch(client, &kernel, &buffers);
    moved
}
