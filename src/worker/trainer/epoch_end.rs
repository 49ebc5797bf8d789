//! The passes over images after an epoch, one batch at a time, and what follows from them.

use std::collections::VecDeque;

use crate::evaluation::metrics::{HeldOutMetrics, TestMetrics, TestedWeights};
use crate::experiment::TrainError;
use crate::experiment::callbacks::{EpochOutcome, EpochRecord};
use crate::spec::Named;
use crate::training::{Evaluation, Trainer};

use super::{Host, lesions};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    HeldOut,
    Validation,
    Averaged,
}

/// Passes under way; training waits for them.
pub(super) struct EpochEnd {
    left: VecDeque<(Pass, Evaluation)>,
    measured: Vec<(Pass, HeldOutMetrics)>,
    done: usize,
    total: usize,
}

impl EpochEnd {
    /// With the weights as they are now.
    pub fn new(trainer: &Trainer) -> Self {
        let passes = [
            (Pass::HeldOut, Some(trainer.evaluation())),
            (Pass::Validation, trainer.validation()),
            (Pass::Averaged, trainer.evaluation_of(TestedWeights::Average)),
        ];
        let left: VecDeque<_> = passes.into_iter().filter_map(|(pass, evaluation)| Some((pass, evaluation?))).collect();
        let total = left.iter().map(|(_, evaluation)| evaluation.total()).sum();
        Self { left, measured: Vec::new(), done: 0, total }
    }

    /// Images looked at so far, and in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.done + self.left.front().map_or(0, |(_, evaluation)| evaluation.done()), self.total)
    }

    /// Looks at one more batch; false when there was none left.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn advance(&mut self) -> Result<bool, TrainError> {
        let Some((_, evaluation)) = self.left.front_mut() else { return Ok(false) };
        if evaluation.advance() {
            return Ok(true);
        }
        if let Some((pass, evaluation)) = self.left.pop_front() {
            self.done += evaluation.done();
            self.measured.push((pass, evaluation.finish().await?));
        }
        Ok(!self.left.is_empty())
    }

    /// Ends the epoch once all has been looked at; none where there are no held-out images.
    pub fn record(self, trainer: &mut Trainer) -> Option<EpochRecord> {
        let of = |wanted: Pass| self.measured.iter().find(|(pass, _)| *pass == wanted).map(|(_, measured)| *measured);
        let (validation, averaged) = (of(Pass::Validation), of(Pass::Averaged));
        let learning_rate = trainer.last_learning_rate();
        let ([loss, accuracy], outcome) = trainer.end_epoch(validation);
        let EpochOutcome { improved: is_best, shortened: shortens_steps, stops } = outcome;
        let steps_done = trainer.steps_done();
        let epoch = steps_done / trainer.hyperparameters().steps_per_epoch().max(1);
        let held_out = of(Pass::HeldOut).filter(|held_out| held_out.images > 0)?;
        Some(EpochRecord {
            epoch,
            steps_done,
            learning_rate,
            loss,
            accuracy,
            validation,
            held_out,
            averaged,
            is_best,
            shortens_steps,
            stops,
        })
    }
}

/// The held-out images with all weights that the run has kept, as they are and with their mirror images.
///
/// # Errors
/// When the device was lost.
pub(super) async fn test<H: Host>(host: &H, trainer: &Trainer) -> Result<Vec<TestMetrics>, TrainError> {
    let mut tested = Vec::new();
    for weights in TestedWeights::ALL {
        let passes = (trainer.evaluation_of(*weights), trainer.evaluation_of(*weights));
        let (Some(plain), Some(mirrored)) = passes else { continue };
        let plain = lesions::pass(host, plain).await?;
        let with_mirror_images = lesions::pass(host, mirrored.with_mirror_images()).await?;
        tested.push(TestMetrics { weights: *weights, plain, with_mirror_images });
    }
    Ok(tested)
}
