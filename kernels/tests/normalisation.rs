//! Batch normalisation against the formulas in double precision.

mod numbers;

use numbers::{difference, numbers};
use resnet_kernels::{ChannelStatistics, NormalisationGradients, normalise};

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
        let found = normalise(&rows, &ChannelStatistics::of(&rows, channels), &gamma, &beta, EPSILON);
        let found = difference(&found, &scaled);
        assert!(found < 2e-5, "{count} rows of {channels} channels are off by {found}");
    }
}

#[test]
fn gradients_of_normalised_batches_are_as_the_formula_says() {
    for [count, channels] in SHAPES {
        let rows: Vec<f32> = numbers(count * channels, 1).into_iter().map(|number| number + 3.0).collect();
        let (gamma, gradient) = (numbers(channels, 2), numbers(count * channels, 4));
        let (normalised, scales) = expected(&rows, channels);
        let (mut sums, mut products) = (vec![0.0; channels], vec![0.0; channels]);
        for (place, gradient) in gradient.iter().enumerate() {
            sums[place % channels] += f64::from(*gradient);
            products[place % channels] += f64::from(*gradient) * normalised[place];
        }
        let input = |(place, gradient): (usize, &f32)| {
            let channel = place % channels;
            let centred = f64::from(*gradient) - (sums[channel] + normalised[place] * products[channel]) / count as f64;
            f64::from(gamma[channel]) * scales[channel] * centred
        };
        let input: Vec<f64> = gradient.iter().enumerate().map(input).collect();
        let found = NormalisationGradients::of(&gradient, &rows, &ChannelStatistics::of(&rows, channels), &gamma, EPSILON);
        for (found, expected, what) in [(&found.rows, &input, "input"), (&found.gamma, &products, "scale"), (&found.beta, &sums, "shift")] {
            let found = difference(found, expected);
            assert!(found < 2e-5, "the {what}'s gradient at {count} rows of {channels} channels is off by {found}");
        }
    }
}
