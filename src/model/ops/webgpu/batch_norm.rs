//! Batch norm and its gradients.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::wgsl::Rows;

use super::{chosen_tile, launch, like, own};
use crate::model::ops::batch_norm::{BatchNorm, BatchNormGradients};
use crate::spec::BATCH_NORM_MOMENTUM;

impl BatchNorm for CubeBackend {
    fn normalise(
        input: CubeTensor,
        gamma: CubeTensor,
        beta: CubeTensor,
        moving_mean: CubeTensor,
        moving_variance: CubeTensor,
        epsilon: f32,
        relu: bool,
    ) -> (CubeTensor, CubeTensor, CubeTensor, CubeTensor) {
        let [input, gamma, beta] = [input, gamma, beta].map(into_contiguous);
        let [mean, variance] = [moving_mean, moving_variance].map(own);
        let kernels = rows(&input, relu);
        let (client, channels) = (input.client.clone(), kernels.channels);
        let partial = client.empty(kernels.partial_len() * size_of::<f32>());
        let coefficients = like(&input, [2, channels]);
        let output = like(&input, [kernels.rows, channels]);
        launch(&client, &kernels.sums(), &[&input.handle, &partial]);
        let statistics = [&partial, &input.handle, &mean.handle, &variance.handle, &coefficients.handle];
        launch(&client, &kernels.statistics(epsilon, BATCH_NORM_MOMENTUM), &statistics);
        let read = [&input.handle, &coefficients.handle, &gamma.handle, &beta.handle];
        launch(&client, &kernels.output(), &[&read[..], &[&output.handle]].concat());
        (output, mean, variance, coefficients)
    }
}

impl BatchNormGradients for CubeBackend {
    fn gradients(
        gradient: CubeTensor,
        input: CubeTensor,
        gamma: CubeTensor,
        beta: CubeTensor,
        coefficients: CubeTensor,
        relu: bool,
    ) -> (CubeTensor, CubeTensor, CubeTensor) {
        let [gradient, input, gamma, beta, coefficients] = [gradient, input, gamma, beta, coefficients].map(into_contiguous);
        let kernels = rows(&input, relu);
        let (client, channels) = (input.client.clone(), kernels.channels);
        let [partial, sums] = [kernels.partial_len(), 2 * channels].map(|count| client.empty(count * size_of::<f32>()));
        let [of_gamma, of_beta] = [(); 2].map(|()| like(&input, [channels]));
        let output = like(&input, [kernels.rows, channels]);
        let forward = [&gradient.handle, &input.handle, &coefficients.handle, &gamma.handle, &beta.handle];
        launch(&client, &kernels.gradient_sums(), &[&forward[..], &[&partial]].concat());
        launch(&client, &kernels.gradients(), &[&partial, &of_gamma.handle, &of_beta.handle, &sums]);
        launch(&client, &kernels.input_gradient(), &[&forward[..], &[&sums, &output.handle]].concat());
        (output, of_gamma, of_beta)
    }
}

fn rows(input: &CubeTensor, relu: bool) -> Rows {
    let [rows, channels] = input.shape().dims();
    Rows { rows, channels, relu, tile: chosen_tile() }
}
