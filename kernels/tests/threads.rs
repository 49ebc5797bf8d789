//! However many threads share the work, the numbers are the same to the last bit.
#![cfg(feature = "threads")]
#![expect(clippy::expect_used, reason = "a test that cannot go on should say why and stop")]

mod numbers;

use numbers::numbers;
use resnet_kernels::{
    Affine, ChannelStatistics, ConvolutionShape, NormalisationGradients, bias_gradient, convolve, input_gradient, kernel_gradient,
    normalise,
};

/// What `compute` gives on one thread is what it gives on more, fewer than shares and as many.
fn same_on_any_number_of_threads(what: &str, compute: impl Fn() -> Vec<f32> + Send + Sync) {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        pool.install(|| compute().into_iter().map(f32::to_bits).collect::<Vec<u32>>())
    };
    let alone = on(1);
    assert!(!alone.is_empty(), "{what} computes something");
    for threads in [2, 3, 8] {
        assert!(on(threads) == alone, "{what} differs on {threads} threads");
    }
}

#[test]
fn convolutions_and_their_gradients_are_the_same_on_any_number_of_threads() {
    for (batch, channels_in, channels_out, kernel, stride) in [(32, 3, 8, 3, 1), (11, 16, 24, 3, 2), (9, 64, 16, 1, 1), (1, 8, 8, 3, 1)] {
        let shape = ConvolutionShape { batch, height: 16, width: 12, channels_in, channels_out, kernel, stride };
        let [input, weights, bias] = [shape.input_len(), shape.kernel_len(), channels_out].map(|count| numbers(count, count as u64));
        let gradient = numbers(shape.output_len(), 4);
        same_on_any_number_of_threads(&format!("the convolution of {shape:?}"), || convolve(&shape, &input, &weights, &bias));
        same_on_any_number_of_threads(&format!("the input gradient of {shape:?}"), || input_gradient(&shape, &gradient, &weights));
        same_on_any_number_of_threads(&format!("the kernel gradient of {shape:?}"), || kernel_gradient(&shape, &input, &gradient));
        same_on_any_number_of_threads(&format!("the bias gradient of {shape:?}"), || bias_gradient(&gradient, channels_out));
    }
}

#[test]
fn batch_norm_and_its_gradients_are_the_same_on_any_number_of_threads() {
    for ([count, channels], relu) in [([70_000, 8], true), ([30_001, 24], false), ([5, 200], true)] {
        let (rows, gradient) = (numbers(count * channels, 1), numbers(count * channels, 2));
        let (gamma, beta) = (numbers(channels, 3), numbers(channels, 4));
        let affine = Affine { gamma: &gamma, beta: &beta, epsilon: 1e-3, relu };
        let statistics = ChannelStatistics::of(&rows, channels);
        let what = format!("of {count} rows of {channels} channels");
        same_on_any_number_of_threads(&format!("the statistics {what}"), || {
            let ChannelStatistics { mean, variance } = ChannelStatistics::of(&rows, channels);
            [mean, variance].concat()
        });
        same_on_any_number_of_threads(&format!("the normalisation {what}"), || normalise(&rows, &statistics, affine));
        same_on_any_number_of_threads(&format!("the gradients {what}"), || {
            let NormalisationGradients { rows, gamma, beta } = NormalisationGradients::of(&gradient, &rows, &statistics, affine);
            [rows, gamma, beta].concat()
        });
    }
}
