//! Steps of runs that were saved when an incomplete last batch was left out of every epoch.
//!
//! They go on at the same image of the same epoch. An epoch has one step more now, so their steps get other numbers.

use crate::checkpoint::autosave::Past;
use crate::experiment::callbacks::EpochRecord;
use crate::experiment::hyperparameters::Hyperparameters;

/// What becomes of the number of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recount {
    /// Steps of an epoch then.
    before: usize,
    /// Steps of an epoch now.
    now: usize,
}

impl Recount {
    /// Of a run that was saved then; nothing where its batches were all whole, for nothing has changed there.
    pub fn of(hyperparameters: &Hyperparameters) -> Option<Self> {
        let before = hyperparameters.trained_images() / hyperparameters.batch_size.max(1);
        let now = hyperparameters.steps_per_epoch();
        (before > 0 && before != now).then_some(Self { before, now })
    }

    /// The step, or number of steps, at the same place of the same epoch.
    pub fn step(self, step: usize) -> usize {
        step / self.before * self.now + step % self.before
    }

    /// The same for all that a run has measured.
    pub fn past(self, mut past: Past) -> Past {
        past.steps.iter_mut().for_each(|step| step.step = self.step(step.step));
        for EpochRecord { steps_done, validation, held_out, averaged, .. } in &mut past.epochs {
            *steps_done = self.step(*steps_done);
            for measured in [validation.as_mut(), Some(held_out), averaged.as_mut()].into_iter().flatten() {
                measured.step = self.step(measured.step);
            }
        }
        past
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};

    fn of(training_images: usize) -> Option<Recount> {
        Recount::of(&Hyperparameters { training_images, batch_size: 32, ..Default::default() })
    }

    #[test]
    fn steps_stay_in_their_epoch() {
        // 31 whole batches then, and one of eight images more now.
        let recount = of(1000).unwrap();
        assert_eq!([0, 30, 31, 40, 62, 310].map(|step| recount.step(step)), [0, 30, 32, 41, 64, 320]);
        assert_eq!(of(992), None, "whole batches are counted as they were");
        assert_eq!(of(20), None, "what could not be trained was not saved");
    }

    #[test]
    fn what_was_measured_moves_with_its_steps() {
        let pass = |step| HeldOutMetrics { step, loss: 1.0, accuracy: 0.5, images: 10 };
        let record = EpochRecord {
            epoch: 2,
            steps_done: 62,
            learning_rate: 0.003,
            loss: 2.0,
            accuracy: 0.25,
            validation: Some(pass(62)),
            held_out: pass(62),
            averaged: None,
            is_best: true,
            shortens_steps: false,
            stops: false,
        };
        let steps = [0, 30, 31].map(|step| StepMetrics { step, loss: 2.0, accuracy: 0.1 }).to_vec();
        let past = of(1000).unwrap().past(Past { steps, epochs: vec![record], training_ms: 7.0 });
        assert_eq!(past.steps.iter().map(|step| step.step).collect::<Vec<_>>(), [0, 30, 32]);
        assert_eq!(past.epochs, [EpochRecord { steps_done: 64, validation: Some(pass(64)), held_out: pass(64), ..record }]);
    }
}
