//! Whether the network is as often right as it is sure: reliability and expected calibration error after Guo et al. 2017,
//! "On Calibration of Modern Neural Networks", section 2.

use super::Outcomes;

/// Bins of equal width that confidences are sorted into.
pub const BINS: usize = 10;

/// Images whose confidence lies in one bin.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bin {
    /// How many.
    pub images: usize,
    /// Their mean confidence; 0 where there are none.
    pub confidence: f64,
    /// The share of them that the network is right about; 0 where there are none.
    pub accuracy: f64,
}

/// Reliability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Bin m of M holds the confidences in (m / M, (m + 1) / M], m counted from 0.
    pub bins: [Bin; BINS],
    /// Mean distance between confidence and accuracy, each bin counting as much as it has images.
    pub expected_error: f64,
    /// Mean confidence of all images.
    pub confidence: f64,
}

impl Calibration {
    /// Measures it. Confidences that are no numbers are in no bin.
    pub fn new(outcomes: &Outcomes) -> Self {
        // Images, sum of their confidences, right answers.
        let mut sums = [(0usize, 0.0f64, 0usize); BINS];
        for outcome in outcomes.all().iter().filter(|outcome| outcome.confidence.is_finite()) {
            let confidence = f64::from(outcome.confidence);
            // The upper edge belongs to a bin.
            let place = (confidence * BINS as f64).ceil() as usize;
            if let Some((images, sum, right)) = sums.get_mut(place.clamp(1, BINS) - 1) {
                *images += 1;
                *sum += confidence;
                *right += usize::from(outcome.predicted == outcome.label);
            }
        }
        let all = outcomes.all().len() as f64;
        let bins = sums.map(|(images, sum, right)| {
            let count = images.max(1) as f64;
            Bin { images, confidence: sum / count, accuracy: right as f64 / count }
        });
        let expected_error = bins.iter().map(|bin| bin.images as f64 / all * (bin.accuracy - bin.confidence).abs()).sum();
        Self { bins, expected_error, confidence: sums.iter().map(|(_, sum, _)| sum).sum::<f64>() / all }
    }
}
