//! Convolution and its gradients.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::ConvolutionShape;
use resnet_kernels::wgsl;

use super::{chosen_tile, launch, like};
use crate::model::ops::{MapConvolution, MapConvolutionGradients};

impl MapConvolution for CubeBackend {
    fn convolve_maps(input: CubeTensor, kernel: CubeTensor, bias: CubeTensor, stride: usize) -> CubeTensor {
        let shape = convolution_shape(input.shape().dims(), kernel.shape().dims(), stride);
        let [input, kernel, bias] = [input, kernel, bias].map(into_contiguous);
        let output = like(&input, [shape.batch, shape.height_out(), shape.width_out(), shape.channels_out]);
        launch(&input.client, &wgsl::convolve(&shape, chosen_tile()), &[&input.handle, &kernel.handle, &bias.handle, &output.handle]);
        output
    }
}

impl MapConvolutionGradients for CubeBackend {
    fn input_gradient(gradient: CubeTensor, kernel: CubeTensor, input: [usize; 4], stride: usize) -> CubeTensor {
        let shape = convolution_shape(input, kernel.shape().dims(), stride);
        let [gradient, kernel] = [gradient, kernel].map(into_contiguous);
        let output = like(&gradient, input);
        launch(&gradient.client, &wgsl::input_gradient(&shape, chosen_tile()), &[&gradient.handle, &kernel.handle, &output.handle]);
        output
    }

    fn kernel_gradients(gradient: CubeTensor, input: CubeTensor, edge: usize, stride: usize) -> (CubeTensor, CubeTensor) {
        let channels = [input.shape()[3], gradient.shape()[3]];
        let shape = convolution_shape(input.shape().dims(), [edge, edge, channels[0], channels[1]], stride);
        let [gradient, input] = [gradient, input].map(into_contiguous);
        let client = input.client.clone();
        let partial = client.empty(wgsl::shares_of(&shape) * (shape.kernel_len() + shape.channels_out) * size_of::<f32>());
        launch(&client, &wgsl::kernel_gradient(&shape, chosen_tile()), &[&input.handle, &gradient.handle, &partial]);
        let kernel = like(&input, [edge, edge, channels[0], channels[1]]);
        let bias = like(&input, [channels[1]]);
        launch(&client, &wgsl::sum_shares(&shape, chosen_tile()), &[&partial, &kernel.handle, &bias.handle]);
        (kernel, bias)
    }
}

fn convolution_shape(
    [batch, height, width, channels_in]: [usize; 4],
    [kernel, _, _, channels_out]: [usize; 4],
    stride: usize,
) -> ConvolutionShape {
    ConvolutionShape { batch, height, width, channels_in, channels_out, kernel, stride }
}
