//! How long a run will take on this device, from what training measured here before.

use super::Run;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::spec::ResNetSpec;

impl Run {
    /// Training time still to come at the speed of the last seconds, in milliseconds; none before there is a speed and after
    /// the end. Passes over held-out images are not in it.
    pub fn remaining_ms(&self) -> Option<f64> {
        let left = self.plan.experiment.hyperparameters.images_after(self.total_steps()).saturating_sub(self.images_done());
        let rate = self.images_per_second()?;
        (left > 0 && !self.is_over()).then(|| left as f64 / rate * 1000.0)
    }

    /// Multiply-adds of the forward pass a second while it trains: what a step of another network will take follows from it,
    /// roughly.
    pub fn multiply_adds_per_second(&self) -> Option<f64> {
        let spec = ResNetSpec::new(self.plan.experiment.network.clone()).ok()?;
        Some(self.images_per_second()? * spec.cost().multiply_adds_per_image as f64)
    }
}

/// Training time of a whole run in milliseconds, on a device of that speed.
pub fn expected_training_ms(spec: &ResNetSpec, hyperparameters: &Hyperparameters, multiply_adds_per_second: f64) -> f64 {
    let images = hyperparameters.images_after(hyperparameters.total_steps()) as f64;
    images * spec.cost().multiply_adds_per_image as f64 / multiply_adds_per_second * 1000.0
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ready, started, steps};
    use super::*;
    use crate::run::TrainerKind;

    #[test]
    fn what_a_run_has_measured_tells_how_long_it_and_another_take() {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        assert_eq!(state.run().unwrap().remaining_ms(), None, "nothing measured, nothing promised");
        drop(state.apply(steps(0..1, 900.0)));
        drop(state.apply(steps(1..11, 1900.0)));
        drop(state.apply(steps(11..31, 3900.0)));
        let run = state.run().unwrap();
        let rate = run.images_per_second().unwrap();
        let left = (10_000 - 31 * 32) as f64;
        assert!((run.remaining_ms().unwrap() - left / rate * 1000.0).abs() < 1e-6, "images left at its speed");

        let (spec, hyperparameters) = (ResNetSpec::default(), Hyperparameters::default());
        let speed = run.multiply_adds_per_second().unwrap();
        let expected = expected_training_ms(&spec, &hyperparameters, speed);
        assert!((expected - 10_000.0 / rate * 1000.0).abs() < 1e-6, "the same run again takes as long");
    }
}
