//! Batch normalisation against the formulas in double precision.

mod difference;
mod numbers;

use difference::difference;
use numbers::numbers;
use resnet_kernels::{Affine, ChannelStatistics, NormalisationGradients, normalise};

const EPSILON: f32 = 1e-3;

/// `[rows, channels]`: channels that do and do not divide what is summed side by side, few rows and many.
const SHAPES: [[usize; 2]; 7] = [[1, 1], [7, 3], [100, 8], [33, 48], [5, 200], [9_000, 16], [40_000, 5]];

/// Columns of normalised numbers, before scale and shift, in double precision; and one over the deviation.
fn expected(rows: &[f32], channels: usize) -> (Vec<f64>, Vec<f64>) {
    let count = (rows.len() / channels) as f64;
    let column = |channel: usize| rows.iter().skip(channel).step_by(channels).map(|number| f64::from(*number));
    let moments = |channel: usize| {
        let mean = column(channel).sum::<f64>() / count;
        (mean, column(channel).map(|number| (number - mean).powi(2)).sum::<f64>() / count)
    };
    let moments: Vec<(f64, f64)> = (0..channels).map(moments).collect();
    let scales: Vec<f64> = moments.iter().map(|(_, variance)| 1.0 / (variance + f64::from(EPSILON)).sqrt()).collect();
    let places = rows.iter().enumerate();
    let normalised = places.map(|(place, number)| (f64::from(*number) - moments[place % channels].0) * scales[place % channels]);
    (normalised.collect(), scales)
}

#[test]
fn batches_are_normalised_as_the_formula_says() {
    for [count, channels] in SHAPES {
        // Far from zero, where sloppy sums show.
        let rows: Vec<f32> = numbers(count * channels, 1).into_iter().map(|number| number + 3.0).collect();
        let (gamma, beta) = (numbers(channels, 2), numbers(channels, 3));
        let (normalised, _) = expected(&rows, channels);
        let scaled = |(place, number): (usize, &f64)| number * f64::from(gamma[place % channels]) + f64::from(beta[place % channels]);
        let scaled: Vec<f64> = normalised.iter().enumerate().map(scaled).collect();
        for relu in [false, true] {
            let expected: Vec<f64> = scaled.iter().map(|number| if relu { number.max(0.0) } else { *number }).collect();
            let affine = Affine { gamma: &gamma, beta: &beta, epsilon: EPSILON, relu };
            let found = difference(&normalise(&rows, &ChannelStatistics::of(&rows, channels), affine), &expected);
            assert!(found < 2e-5, "{count} rows of {channels} channels are off by {found} (ReLU: {relu})");
        }
    }
}

#[test]
fn gradients_of_normalised_batches_are_as_the_formula_says() {
    for ([count, channels], relu) in SHAPES.into_iter().flat_map(|shape| [(shape, false), (shape, true)]) {
        let rows: Vec<f32> = numbers(count * channels, 1).into_iter().map(|number| number + 3.0).collect();
        let (gamma, beta, gradient) = (numbers(channels, 2), numbers(channels, 3), numbers(count * channels, 4));
        let statistics = ChannelStatistics::of(&rows, channels);
        let affine = Affine { gamma: &gamma, beta: &beta, epsilon: EPSILON, relu };
        let (normalised, scales) = expected(&rows, channels);
        // Which numbers the ReLU lets through is taken from the forward pass: the formula may round the other way.
        let output = normalise(&rows, &statistics, affine);
        let behind: Vec<f64> =
            gradient.iter().zip(output).map(|(gradient, output)| if relu && output <= 0.0 { 0.0 } else { f64::from(*gradient) }).collect();
        let (mut sums, mut products) = (vec![0.0; channels], vec![0.0; channels]);
        for (place, gradient) in behind.iter().enumerate() {
            sums[place % channels] += gradient;
            products[place % channels] += gradient * normalised[place];
        }
        let input = |(place, gradient): (usize, &f64)| {
            let channel = place % channels;
            let centred = gradient - (sums[channel] + normalised[place] * products[channel]) / count as f64;
            f64::from(gamma[channel]) * scales[channel] * centred
        };
        let input: Vec<f64> = behind.iter().enumerate().map(input).collect();
        let found = NormalisationGradients::of(&gradient, &rows, &statistics, affine);
        for (found, expected, what) in [(&found.rows, &input, "input"), (&found.gamma, &products, "scale"), (&found.beta, &sums, "shift")] {
            let found = difference(found, expected);
            assert!(found < 2e-5, "the {what}'s gradient at {count} rows of {channels} channels is off by {found} (ReLU: {relu})");
        }
    }
}

#[test]
fn what_is_no_number_stays_none_behind_a_relu() {
    let affine = Affine { gamma: &[1.0], beta: &[0.0], epsilon: EPSILON, relu: true };
    let statistics = ChannelStatistics { mean: vec![0.0], variance: vec![1.0] };
    let found = normalise(&[f32::NAN, -1.0], &statistics, affine);
    assert!(found[0].is_nan(), "a broken run shows: {found:?}");
    assert_eq!(found[1], 0.0, "what is negative goes");
}
