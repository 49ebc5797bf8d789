//! What images are normalised by.

use serde::{Deserialize, Serialize};

use crate::dataset::{DatasetManifest, LabelledImages};
use crate::spec::Named;

/// Where mean and deviation come from that every image, held-out ones too, is normalised by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum InputNormalisation {
    /// Both from the data set's manifest: the same for every run.
    #[default]
    DataSet,
    /// The mean of the run's own training images; the range stays 0 to 1. Keras' `featurewise_center`.
    Centre,
    /// Mean and deviation of the run's own training images. Keras' `featurewise_center` and `featurewise_std_normalization`.
    CentreAndDeviation,
    /// As [`Self::Centre`], then [whitened](crate::dataset::whitening). Keras' `zca_whitening`.
    Whitened,
}

impl Named for InputNormalisation {
    const ALL: &'static [Self] = &[Self::DataSet, Self::Centre, Self::CentreAndDeviation, Self::Whitened];

    fn name(self) -> &'static str {
        match self {
            Self::DataSet => "data-set",
            Self::Centre => "centre",
            Self::CentreAndDeviation => "centre-and-deviation",
            Self::Whitened => "zca",
        }
    }
}

/// Mean and standard deviation of each channel, pixels scaled to 0–1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ImageStatistics {
    /// Mean of each channel.
    pub mean: [f32; 3],
    /// Standard deviation of each channel, never 0.
    pub deviation: [f32; 3],
}

/// Added to a deviation measured here, as Keras does: a channel of one colour has none.
const LEAST_DEVIATION: f64 = 1e-6;

impl ImageStatistics {
    /// Those of the data set's manifest.
    pub fn of_data_set(dataset: &DatasetManifest) -> Self {
        Self { mean: dataset.channel_mean, deviation: dataset.channel_deviation }
    }

    /// Those of the images themselves, which are `[images, 32, 32, 3]`.
    pub fn measured(images: &LabelledImages) -> Self {
        let count = (images.pixels.len() / 3).max(1) as f64;
        let mut sums = [0u64; 3];
        let mut squares = [0u64; 3];
        for pixel in images.pixels.chunks_exact(3) {
            for (channel, byte) in pixel.iter().enumerate() {
                sums[channel] += u64::from(*byte);
                squares[channel] += u64::from(*byte) * u64::from(*byte);
            }
        }
        let mean = sums.map(|sum| sum as f64 / count);
        let deviation = |channel: usize| (squares[channel] as f64 / count - mean[channel] * mean[channel]).max(0.0).sqrt();
        let deviation = [deviation(0), deviation(1), deviation(2)];
        Self {
            mean: mean.map(|mean| (mean / 255.0) as f32),
            deviation: deviation.map(|deviation| (deviation / 255.0 + LEAST_DEVIATION) as f32),
        }
    }

    /// Scale and offset of each channel that turn a pixel from 0 to 255 into what the network sees,
    /// `(pixel / 255 − mean) / deviation`.
    pub fn scale_and_offset(&self) -> [[f32; 3]; 2] {
        let channels = [0, 1, 2];
        [
            channels.map(|channel: usize| 1.0 / (255.0 * self.deviation[channel])),
            channels.map(|channel| -self.mean[channel] / self.deviation[channel]),
        ]
    }

    /// What a run normalises by.
    pub fn chosen(choice: InputNormalisation, dataset: &DatasetManifest, training: &LabelledImages) -> Self {
        match choice {
            InputNormalisation::DataSet => Self::of_data_set(dataset),
            InputNormalisation::Centre | InputNormalisation::Whitened => Self { deviation: [1.0; 3], ..Self::measured(training) },
            InputNormalisation::CentreAndDeviation => Self::measured(training),
        }
    }
}
