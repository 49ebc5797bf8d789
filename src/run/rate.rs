//! How fast training goes, now rather than on average: the first step compiles kernels and would weigh on it for long.

use std::collections::VecDeque;

/// Training time that the rate looks back on, in milliseconds.
const WINDOW_MS: f64 = 5000.0;

/// Images a second over the last seconds of training. Images rather than steps: the last step of an epoch may have fewer.
#[derive(Debug, Clone, PartialEq)]
pub struct RateMeter {
    /// Images learnt from and the training time they took, oldest first.
    marks: VecDeque<(usize, f64)>,
}

impl Default for RateMeter {
    fn default() -> Self {
        Self { marks: VecDeque::from([(0, 0.0)]) }
    }
}

impl RateMeter {
    /// Notes that `images` images took `training_ms` so far.
    pub fn mark(&mut self, images: usize, training_ms: f64) {
        self.marks.push_back((images, training_ms));
        while self.marks.len() > 2 && self.marks.front().is_some_and(|(_, oldest)| *oldest < training_ms - WINDOW_MS) {
            self.marks.pop_front();
        }
    }

    /// Images a second, once there is a step to measure.
    pub fn images_per_second(&self) -> Option<f64> {
        let ((first_images, first_ms), (last_images, last_ms)) = (self.marks.front()?, self.marks.back()?);
        let images = last_images.checked_sub(*first_images)?;
        let seconds = (last_ms - first_ms) / 1000.0;
        (images > 0 && seconds > 0.0).then(|| images as f64 / seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_measured_is_no_rate() {
        assert_eq!(RateMeter::default().images_per_second(), None, "not zero, not infinity");
    }

    #[test]
    fn a_slow_first_step_is_soon_forgotten() {
        let mut rate = RateMeter::default();
        rate.mark(32, 19_000.0);
        rate.mark(64, 19_500.0);
        rate.mark(96, 20_000.0);
        let measured = rate.images_per_second().unwrap();
        assert!((measured - 64.0).abs() < 1e-9, "64 images in the second after it, not {measured}");
    }
}
