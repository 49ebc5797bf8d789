//! Batch normalisation (Ioffe & Szegedy 2015) of rows of channels.

use crate::channel_sums::{channel_sums, repeated};

/// Mean and biased variance of each channel, `[channels]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelStatistics {
    pub mean: Vec<f32>,
    pub variance: Vec<f32>,
}

impl ChannelStatistics {
    /// Those of `rows` `[rows, channels]`.
    pub fn of(rows: &[f32], channels: usize) -> Self {
        let count = (rows.len() / channels.max(1)).max(1) as f64;
        let mean = |sums: Vec<f64>| -> Vec<f32> { sums.into_iter().map(|sum| (sum / count) as f32).collect() };
        let means = mean(channel_sums(rows, rows, &vec![0.0; channels], |number, _, _| number));
        let variance = mean(channel_sums(rows, rows, &means, |number, _, mean| (number - mean) * (number - mean)));
        Self { mean: means, variance }
    }

    /// One over the standard deviation of each channel.
    fn scales(&self, epsilon: f32) -> impl Iterator<Item = f32> {
        self.variance.iter().map(move |variance| 1.0 / (variance + epsilon).sqrt())
    }
}

/// `(row − mean) / √(variance + ε) · γ + β` for each of the `rows` `[rows, channels]`; `gamma` and `beta` `[channels]`.
pub fn normalise(rows: &[f32], statistics: &ChannelStatistics, gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f32> {
    let scale: Vec<f32> = statistics.scales(epsilon).zip(gamma).map(|(scale, gamma)| scale * gamma).collect();
    let [mean, scale, shift] = [&statistics.mean, &scale, beta].map(repeated);
    let mut output = Vec::with_capacity(rows.len());
    for piece in rows.chunks(mean.len().max(1)) {
        output.extend(
            piece.iter().zip(&mean).zip(&scale).zip(&shift).map(|(((number, mean), scale), shift)| (number - mean) * scale + shift),
        );
    }
    output
}

/// How the loss moves with what [`normalise`] was given, where the statistics are those of the rows themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalisationGradients {
    /// `[rows, channels]`.
    pub rows: Vec<f32>,
    /// `[channels]`.
    pub gamma: Vec<f32>,
    /// `[channels]`.
    pub beta: Vec<f32>,
}

impl NormalisationGradients {
    /// From the `gradient` at the output, `[rows, channels]`, and what the forward pass had.
    pub fn of(gradient: &[f32], rows: &[f32], statistics: &ChannelStatistics, gamma: &[f32], epsilon: f32) -> Self {
        let channels = gamma.len();
        let count = (rows.len() / channels.max(1)).max(1) as f64;
        let scales: Vec<f32> = statistics.scales(epsilon).collect();
        let sums = channel_sums(gradient, rows, &vec![0.0; channels], |gradient, _, _| gradient);
        let products = channel_sums(gradient, rows, &statistics.mean, |gradient, number, mean| gradient * (number - mean));
        // γ/σ · (g − mean(g) − x̂ · mean(g · x̂)) as `factor · g − slope · (x − mean) − level`.
        let each = |term: &dyn Fn(f64, f64) -> f64, sums: &[f64]| -> Vec<f32> {
            scales
                .iter()
                .zip(gamma)
                .zip(sums)
                .map(|((scale, gamma), sum)| (f64::from(*gamma) * term(f64::from(*scale), *sum)) as f32)
                .collect()
        };
        let factor = each(&|scale, _| scale, &sums);
        let level = each(&|scale, sum| scale * sum / count, &sums);
        let slope = each(&|scale, sum| scale.powi(3) * sum / count, &products);
        let [mean, factor, level, slope] = [&statistics.mean, &factor, &level, &slope].map(|channels| repeated(channels));
        let mut output = Vec::with_capacity(rows.len());
        for (gradient, numbers) in gradient.chunks(mean.len().max(1)).zip(rows.chunks(mean.len().max(1))) {
            let terms = gradient.iter().zip(numbers).zip(&mean).zip(&factor).zip(&level).zip(&slope);
            output.extend(
                terms.map(|(((((gradient, number), mean), factor), level), slope)| gradient * factor - (number - mean) * slope - level),
            );
        }
        let gamma = products.iter().zip(&scales).map(|(sum, scale)| (sum * f64::from(*scale)) as f32).collect();
        Self { rows: output, gamma, beta: sums.into_iter().map(|sum| sum as f32).collect() }
    }
}
