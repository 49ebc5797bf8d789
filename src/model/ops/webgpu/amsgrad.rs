//! The optimizer's step.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::cubecl::client::Client;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::wgsl;

use super::{launch, numbers_on_device};
use crate::model::ops::amsgrad::{AmsGradOperation, MovedWeight, MovingWeight};

impl AmsGradOperation for CubeBackend {
    fn amsgrad(weight: MovingWeight<Self>) -> MovedWeight<Self> {
        let [moved] = move_together(&weight.weight.client.clone(), [weight]);
        moved
    }

    fn amsgrad_of_two(one: MovingWeight<Self>, other: MovingWeight<Self>) -> (MovedWeight<Self>, MovedWeight<Self>) {
        move_together(&one.weight.client.clone(), [one, other]).into()
    }
}

fn move_together<const WEIGHTS: usize>(
    client: &Client,
    weights: [MovingWeight<CubeBackend>; WEIGHTS],
) -> [MovedWeight<CubeBackend>; WEIGHTS] {
    let mut numbers = [0.0; 3];
    for (weight, in_gradient) in weights.iter().zip(&mut numbers[1..]) {
        *in_gradient = weight.step.weight_in_gradient;
    }
    if let Some(weight) = weights.first() {
        numbers[0] = weight.step.step_length;
    }
    let step = numbers_on_device(client, numbers);
    let gradients = weights.each_ref().map(|weight| into_contiguous(weight.gradient.clone()));
    let moved = weights.map(|weight| MovedWeight { weight: own(weight.weight), moments: own(weight.moments) });
    let written = moved.iter().flat_map(|moved: &MovedWeight<CubeBackend>| [&moved.weight.handle, &moved.moments.handle]);
    let buffers: Vec<_> = [&step].into_iter().chain(gradients.iter().map(|gradient| &gradient.handle)).chain(written).collect();
    let lens = moved.each_ref().map(|moved| moved.weight.shape().num_elements());
    launch(client, &wgsl::amsgrad(lens), &buffers);
    moved
}

/// A tensor that may be written to.
fn own(tensor: CubeTensor) -> CubeTensor {
    let tensor = into_contiguous(tensor);
    if tensor.can_mut() { tensor } else { tensor.copy() }
}
