//! Batch normalisation (Ioffe & Szegedy 2015) of rows of channels, with or without a ReLU behind it.

use crate::channels::Channels;

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
        let [sums] = Channels::new(channels, []).sums(rows, rows, |number, _, []| [number]);
        let means = mean(sums);
        let [squares] = Channels::new(channels, [&means]).sums(rows, rows, |number, _, [mean]| [(number - mean) * (number - mean)]);
        Self { mean: means, variance: mean(squares) }
    }

    /// One over the standard deviation of each channel.
    fn scales(&self, epsilon: f32) -> impl Iterator<Item = f32> {
        self.variance.iter().map(move |variance| 1.0 / (variance + epsilon).sqrt())
    }
}

/// What becomes of a number once it is normalised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affine<'a> {
    /// Scale γ, `[channels]`.
    pub gamma: &'a [f32],
    /// Offset β, `[channels]`.
    pub beta: &'a [f32],
    /// Added to the variance.
    pub epsilon: f32,
    /// Whether what is negative becomes 0.
    pub relu: bool,
}

/// `(row − mean) / √(variance + ε) · γ + β` for each of the `rows` `[rows, channels]`, without what is negative where
/// asked for.
pub fn normalise(rows: &[f32], statistics: &ChannelStatistics, affine: Affine<'_>) -> Vec<f32> {
    let scale = scale(statistics, affine);
    let channels = Channels::new(scale.len(), [&statistics.mean, &scale, affine.beta]);
    if affine.relu {
        // Not `max`, which makes a number of what is none.
        channels.map(rows, rows, |number, _, channel| kept(normalised(number, channel), normalised(number, channel)))
    } else {
        channels.map(rows, rows, |number, _, channel| normalised(number, channel))
    }
}

fn scale(statistics: &ChannelStatistics, affine: Affine<'_>) -> Vec<f32> {
    statistics.scales(affine.epsilon).zip(affine.gamma).map(|(scale, gamma)| scale * gamma).collect()
}

/// From mean, scale and offset of the number's channel.
#[inline(always)]
fn normalised(number: f32, [mean, scale, beta]: [f32; 3]) -> f32 {
    (number - mean) * scale + beta
}

/// The number, or 0 where a ReLU cuts off what it is given.
#[inline(always)]
fn kept(number: f32, given: f32) -> f32 {
    if given <= 0.0 { 0.0 } else { number }
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
    pub fn of(gradient: &[f32], rows: &[f32], statistics: &ChannelStatistics, affine: Affine<'_>) -> Self {
        if affine.relu {
            Self::through(gradient, rows, statistics, affine, |gradient, number, channel| kept(gradient, normalised(number, channel)))
        } else {
            Self::through(gradient, rows, statistics, affine, |gradient, _, _| gradient)
        }
    }

    /// `behind` gives the gradient between the two from the one at the output, the row's number, and its channel's mean,
    /// scale and offset.
    #[inline(always)]
    fn through(
        gradient: &[f32],
        rows: &[f32],
        statistics: &ChannelStatistics,
        affine: Affine<'_>,
        behind: impl Fn(f32, f32, [f32; 3]) -> f32 + Copy + Send + Sync,
    ) -> Self {
        let mean = &statistics.mean;
        let count = (rows.len() / mean.len().max(1)).max(1) as f64;
        let scale = scale(statistics, affine);
        let channels = Channels::new(mean.len(), [mean, &scale, affine.beta]);
        let [sums, products] = channels.sums(gradient, rows, |gradient, number, channel| {
            let gradient = behind(gradient, number, channel);
            [gradient, gradient * (number - channel[0])]
        });
        // γ/σ · (g − mean(g) − x̂ · mean(g · x̂)) as `scale · g − slope · (x − mean) − level`.
        let scales: Vec<f64> = statistics.scales(affine.epsilon).map(f64::from).collect();
        let each = |sums: &[f64], power: i32| -> Vec<f32> {
            let factors = scales.iter().zip(affine.gamma).map(|(scale, gamma)| f64::from(*gamma) * scale.powi(power) / count);
            factors.zip(sums).map(|(factor, sum)| (factor * sum) as f32).collect()
        };
        let (level, slope) = (each(&sums, 1), each(&products, 3));
        let channels = Channels::new(mean.len(), [mean, &scale, affine.beta, &level, &slope]);
        let rows = channels.map(gradient, rows, |gradient, number, [mean, scale, beta, level, slope]| {
            behind(gradient, number, [mean, scale, beta]) * scale - (number - mean) * slope - level
        });
        let gamma = products.iter().zip(&scales).map(|(sum, scale)| (sum * scale) as f32).collect();
        Self { rows, gamma, beta: sums.into_iter().map(|sum| sum as f32).collect() }
    }
}
