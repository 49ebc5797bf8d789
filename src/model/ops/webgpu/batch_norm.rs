//! Batch norm and its gradients.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::wgsl::Rows;

use super::{chosen_tile, launch, like};
use crate::model::ops::batch_norm::{BatchNorm, BatchNormGradients};

impl BatchNorm for CubeBackend {
    fn normalise(
        input: CubeTensor,
        gamma: CubeTensor,
        beta: CubeTensor,
        epsilon: f32,
        relu: bool,
    ) -> (CubeTensor, CubeTensor, CubeTensor, CubeTensor) {
        let [input, gamma, beta] = [input, gamma, beta].map(into_contiguous);
        let kernels = rows(&input, relu);
        let (client, channels) = (input.client.clone(), kernels.channels);
        let partial = client.empty(kernels.partial_len() * size_of::<f32>());
        let [mean, variance] = [(); 2].map(|()| like(&input, [channels]));
        let coefficients = like(&input, [4, channels]);
        let output = like(&input, [kernels.rows, channels]);
        launch(&client, &kernels.sums(), &[&input.handle, &partial]);
        let statistics = [&partial, &input.handle, &gamma.handle, &beta.handle, &mean.handle, &variance.handle, &coefficients.handle];
        launch(&client, &kernels.statistics(epsilon), &statistics);
        launch(&client, &kernels.output(), &[&input.handle, &coefficients.handle, &output.handle]);
        (output, mean, variance, coefficients)
    }
}

impl BatchNormGradients for CubeBackend {
    fn gradients(gradient: CubeTensor, input: CubeTensor, coefficients: CubeTensor, relu: bool) -> (CubeTensor, CubeTensor, CubeTensor) {
        let [gradient, input, coefficients] = [gradient, input, coefficients].map(into_contiguous);
        let kernels = rows(&input, relu);
        let (client, channels) = (input.client.clone(), kernels.channels);
        let partial = client.empty(kernels.partial_len() * size_of::<f32>());
        let [of_gamma, of_beta] = [(); 2].map(|()| like(&input, [channels]));
        let output = like(&input, [kernels.rows, channels]);
        launch(&client, &kernels.gradient_sums(), &[&gradient.handle, &input.handle, &coefficients.handle, &partial]);
        launch(&client, &kernels.gradients(), &[&partial, &of_gamma.handle, &of_beta.handle]);
        let read = [&gradient.handle, &input.handle, &coefficients.handle, &of_gamma.handle, &of_beta.handle, &output.handle];
        launch(&client, &kernels.input_gradient(), &read);
        (output, of_gamma, of_beta)
    }
}

fn rows(input: &CubeTensor, relu: bool) -> Rows {
    let [rows, channels] = input.shape().dims();
    Rows { rows, channels, relu, tile: chosen_tile() }
}
