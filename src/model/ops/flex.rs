//! The operations on the CPU.

use burn::backend::flex::FlexTensor;
use burn::backend::ops::IntTensorOps;
use burn::backend::{Flex, TensorMetadata};
use burn::tensor::{IntDType, TensorData};
use resnet_kernels::{Affine, AmsGradStep, ChannelStatistics, ConvolutionShape, CrossEntropy, NormalisationGradients};

use super::amsgrad::{AmsGradOperation, MovedWeight, MovingWeight};
use super::batch_norm::{BatchNorm, BatchNormGradients};
use super::cross_entropy::CrossEntropyOperation;
use super::dropout::Dropout;
use super::images::GatherImages;
use super::overwrite::Overwrite;
use super::skip_sum::SkipSum;
use super::{MapConvolution, MapConvolutionGradients};
use crate::spec::BATCH_NORM_MOMENTUM;

impl MapConvolution for Flex {
    fn convolve_maps(input: FlexTensor, kernel: FlexTensor, bias: FlexTensor, stride: usize) -> FlexTensor {
        let [edge, _, _, channels_out] = kernel.shape().dims();
        let shape = convolution_shape(input.shape().dims(), [edge, channels_out], stride);
        let [input, kernel, bias] = [&input, &kernel, &bias].map(gapless);
        let output = resnet_kernels::convolve(&shape, input.storage(), kernel.storage(), bias.storage());
        tensor(output, [shape.batch, shape.height_out(), shape.width_out(), channels_out])
    }
}

impl MapConvolutionGradients for Flex {
    fn input_gradient(gradient: FlexTensor, kernel: FlexTensor, input: [usize; 4], stride: usize) -> FlexTensor {
        let [edge, _, _, channels_out] = kernel.shape().dims();
        let shape = convolution_shape(input, [edge, channels_out], stride);
        let [gradient, kernel] = [&gradient, &kernel].map(gapless);
        tensor(resnet_kernels::input_gradient(&shape, gradient.storage(), kernel.storage()), input)
    }

    fn kernel_gradients(gradient: FlexTensor, input: FlexTensor, edge: usize, stride: usize) -> (FlexTensor, FlexTensor) {
        let [_, _, _, channels_out] = gradient.shape().dims();
        let shape = convolution_shape(input.shape().dims(), [edge, channels_out], stride);
        let [input, gradient] = [&input, &gradient].map(gapless);
        let sums = resnet_kernels::kernel_gradient(&shape, input.storage(), gradient.storage());
        let bias = resnet_kernels::bias_gradient(gradient.storage(), channels_out);
        (tensor(sums, [edge, edge, shape.channels_in, channels_out]), tensor(bias, [channels_out]))
    }
}

impl BatchNorm for Flex {
    fn normalise(
        input: FlexTensor,
        gamma: FlexTensor,
        beta: FlexTensor,
        moving_mean: FlexTensor,
        moving_variance: FlexTensor,
        epsilon: f32,
        relu: bool,
    ) -> (FlexTensor, FlexTensor, FlexTensor, FlexTensor) {
        let shape @ [_, channels]: [usize; 2] = input.shape().dims();
        let [input, gamma, beta] = [&input, &gamma, &beta].map(gapless);
        let statistics = ChannelStatistics::of(input.storage(), channels);
        let affine = Affine { gamma: gamma.storage(), beta: beta.storage(), epsilon, relu };
        let output = resnet_kernels::normalise(input.storage(), &statistics, affine);
        let follow = |moving: FlexTensor, batch: &[f32]| {
            tensor(resnet_kernels::follow(gapless(&moving).storage(), batch, BATCH_NORM_MOMENTUM), [channels])
        };
        let moved_mean = follow(moving_mean, &statistics.mean);
        let moved_variance = follow(moving_variance, &statistics.variance);
        let spread = statistics.variance.iter().map(|variance| variance + epsilon);
        let coefficients = statistics.mean.iter().copied().chain(spread).collect();
        (tensor(output, shape), moved_mean, moved_variance, tensor(coefficients, [2, channels]))
    }
}

impl BatchNormGradients for Flex {
    fn gradients(
        gradient: FlexTensor,
        input: FlexTensor,
        gamma: FlexTensor,
        beta: FlexTensor,
        coefficients: FlexTensor,
        relu: bool,
    ) -> (FlexTensor, FlexTensor, FlexTensor) {
        let shape @ [_, channels]: [usize; 2] = input.shape().dims();
        let [gradient, input, gamma, beta, coefficients] = [&gradient, &input, &gamma, &beta, &coefficients].map(gapless);
        let (mean, spread) = coefficients.storage::<f32>().split_at(channels);
        // Epsilon is in the spread already.
        let statistics = ChannelStatistics { mean: mean.to_vec(), variance: spread.to_vec() };
        let affine = Affine { gamma: gamma.storage(), beta: beta.storage(), epsilon: 0.0, relu };
        let found = NormalisationGradients::of(gradient.storage(), input.storage(), &statistics, affine);
        (tensor(found.rows, shape), tensor(found.gamma, [channels]), tensor(found.beta, [channels]))
    }
}

impl AmsGradOperation for Flex {
    fn amsgrad(weight: MovingWeight<Self>, step_length: FlexTensor) -> MovedWeight<Self> {
        let MovingWeight { weight, gradient, moments, weight_in_gradient } = weight;
        let step = AmsGradStep { step_length: gapless(&step_length).storage()[0], weight_in_gradient };
        let len = weight.shape().num_elements();
        let gradient = gapless(&gradient);
        let [mut weight, mut moments] =
            [weight, moments].map(|tensor| if tensor.is_contiguous() { tensor } else { tensor.to_contiguous() });
        let (first, seconds) = moments.storage_mut().split_at_mut(len);
        let (second, largest_second) = seconds.split_at_mut(len);
        resnet_kernels::amsgrad(step, weight.storage_mut(), gradient.storage(), [first, second, largest_second]);
        MovedWeight { weight, moments }
    }

    fn amsgrad_of_two(
        one: MovingWeight<Self>,
        other: MovingWeight<Self>,
        step_length: FlexTensor,
    ) -> (MovedWeight<Self>, MovedWeight<Self>) {
        (Self::amsgrad(one, step_length.clone()), Self::amsgrad(other, step_length))
    }
}

impl CrossEntropyOperation for Flex {
    fn cross_entropy(logits: FlexTensor, labels: FlexTensor) -> (FlexTensor, FlexTensor, FlexTensor) {
        let shape @ [batch, _]: [usize; 2] = logits.shape().dims();
        let [logits, labels] = [&logits, &Flex::int_cast(labels, IntDType::I32)].map(gapless);
        let found = CrossEntropy::of(logits.storage(), labels.storage());
        (tensor(found.losses, [batch]), tensor(found.correct, [batch]), tensor(found.slopes, shape))
    }
}

impl Dropout for Flex {
    fn drop_units(numbers: FlexTensor, words: FlexTensor, factor: f32) -> FlexTensor {
        let [numbers, words] = [&numbers, &Flex::int_cast(words, IntDType::I32)].map(gapless);
        let kept = resnet_kernels::drop_units(numbers.storage(), words.storage(), factor);
        FlexTensor::from_data(TensorData::new(kept, numbers.shape()))
    }
}

impl GatherImages for Flex {
    fn gather_images(words: FlexTensor, places: FlexTensor, scale: FlexTensor, offset: FlexTensor) -> FlexTensor {
        let ([images, _], [batch]) = (words.shape().dims(), places.shape().dims());
        let [words, places] = [words, places].map(|tensor| gapless(&Flex::int_cast(tensor, IntDType::I32)));
        let [scale, offset] = [&scale, &offset].map(|tensor| {
            let mut channels = [0.0; 3];
            channels.iter_mut().zip(gapless(tensor).storage()).for_each(|(channel, number)| *channel = *number);
            channels
        });
        let output = resnet_kernels::gather_images(words.storage(), images, places.storage(), scale, offset);
        let numbers = output.len() / batch.max(1);
        tensor(output, [batch, numbers])
    }
}

impl Overwrite for Flex {
    fn overwrite(_target: FlexTensor, source: FlexTensor) -> FlexTensor {
        source
    }

    fn overwrite_int(_target: FlexTensor, source: FlexTensor) -> FlexTensor {
        source
    }
}

impl SkipSum for Flex {
    fn skip_sum(carried: FlexTensor, residual: FlexTensor) -> FlexTensor {
        let mut sum = gapless(&residual);
        drop(residual);
        resnet_kernels::add(sum.storage_mut(), gapless(&carried).storage());
        sum
    }
}

fn convolution_shape(
    [batch, height, width, channels_in]: [usize; 4],
    [kernel, channels_out]: [usize; 2],
    stride: usize,
) -> ConvolutionShape {
    ConvolutionShape { batch, height, width, channels_in, channels_out, kernel, stride }
}

/// The same numbers row by row from the start of their storage to its end; copied only where they are not.
fn gapless(tensor: &FlexTensor) -> FlexTensor {
    tensor.to_contiguous()
}

fn tensor<const D: usize>(numbers: Vec<f32>, shape: [usize; D]) -> FlexTensor {
    FlexTensor::from_data(TensorData::new(numbers, shape))
}
