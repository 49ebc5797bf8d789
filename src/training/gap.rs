//! Passes that explain why training accuracy and held-out accuracy differ, in pieces that can be interrupted.
//!
//! The training images are measured in the batches that the last steps learnt from, with the augmentation and the dropout
//! masks of those steps: what is left of a difference is what the pass took away. No pass moves a weight or a statistic.

use std::collections::VecDeque;

use burn::module::Module;
use burn::tensor::Tensor;

use super::readback::read_numbers;
use super::training_images::{BatchPlace, Order};
use super::{Evaluation, Trainer, classification_loss};
use crate::evaluation::gap::{GapLevel, GapMeasure, GapMetrics};
use crate::evaluation::metrics::StepMetrics;
use crate::experiment::TrainError;
use crate::experiment::callbacks::EpochMeans;
use crate::model::{DropoutMasks, ResNet};

/// Of the training images at most so many are measured for each held-out one.
const IMAGES_PER_HELD_OUT: usize = 2;

/// Passes under way. Sums stay on the device until [`GapPasses::finish`].
#[derive(Debug)]
pub struct GapPasses<'a> {
    trainer: &'a Trainer,
    mean_of_steps: usize,
    /// Steps whose batches are measured.
    steps: Vec<usize>,
    /// Passes over training images still to be made, first to last, each with the steps that are left of it.
    left: VecDeque<TrainingPass>,
    made: usize,
    /// What has been measured, in order.
    levels: Vec<GapMeasure>,
    held_out: Evaluation,
    order: Option<Order>,
}

#[derive(Debug)]
struct TrainingPass {
    level: GapLevel,
    model: ResNet,
    done: usize,
    images: usize,
    /// `[2]`: cross-entropy and right answers so far.
    sums: Option<Tensor<1>>,
}

impl<'a> GapPasses<'a> {
    /// Of a run that has made `steps`, in order, the newest among them. None before the first step
    /// and where there are no held-out images.
    pub fn new(trainer: &'a Trainer, steps: &[StepMetrics]) -> Option<Self> {
        let hyperparameters = trainer.hyperparameters();
        let since = trainer.steps_done().saturating_sub(hyperparameters.steps_per_epoch());
        let newest = &steps[steps.partition_point(|step| step.step < since)..];
        if newest.is_empty() || trainer.held_out().is_empty() {
            return None;
        }
        let mut means = EpochMeans::default();
        means.add(newest, hyperparameters);
        let [loss, accuracy] = means.take();
        let images = |steps: &[usize]| steps.iter().map(|step| hyperparameters.images_in_step(*step)).sum::<usize>();
        let all: Vec<usize> = newest.iter().map(|step| step.step).collect();
        let wanted = trainer.held_out().len() * IMAGES_PER_HELD_OUT / hyperparameters.largest_batch().max(1);
        let sampled = sample(&all, wanted.max(1));
        let left = levels(trainer).into_iter().map(|level| TrainingPass {
            level,
            model: if level == GapLevel::MovingStatistics { trainer.model().valid() } else { trainer.model().as_in_training() },
            done: 0,
            images: images(&sampled),
            sums: None,
        });
        Some(Self {
            levels: vec![GapMeasure { level: GapLevel::Reported, loss, accuracy, images: images(&all) }],
            mean_of_steps: all.len(),
            left: left.collect(),
            made: 0,
            steps: sampled,
            held_out: trainer.evaluation(),
            order: None,
            trainer,
        })
    }

    /// Batches looked at so far, and in all.
    pub fn progress(&self) -> (usize, usize) {
        let passes = self.left.len() + self.made;
        let batch = self.trainer.hyperparameters().largest_batch().max(1);
        let done = self.made * self.steps.len() + self.left.front().map_or(0, |pass| pass.done);
        (done + self.held_out.done().div_ceil(batch), passes * self.steps.len() + self.held_out.total().div_ceil(batch))
    }

    /// Looks at one more batch; false when there was none left. Reads what a pass has measured at its end: more that is queued
    /// would keep a GPU busy for long without a word.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn advance(&mut self) -> Result<bool, TrainError> {
        let Some(pass) = self.left.front_mut() else { return Ok(self.held_out.advance()) };
        if let Some(step) = self.steps.get(pass.done) {
            pass.look_at(self.trainer, *step, &mut self.order);
        }
        if pass.done >= self.steps.len() {
            let measured = pass.read().await?;
            self.levels.push(measured);
            self.left.pop_front();
            self.made += 1;
        }
        Ok(true)
    }

    /// Reads what the held-out images gave.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn finish(self) -> Result<GapMetrics, TrainError> {
        let hyperparameters = self.trainer.hyperparameters();
        let mut levels = self.levels;
        let held_out = self.held_out.finish().await?;
        let (loss, accuracy, images) = (held_out.loss, held_out.accuracy, held_out.images);
        levels.push(GapMeasure { level: GapLevel::HeldOut, loss, accuracy, images });
        let training_images = hyperparameters.trained_images();
        Ok(GapMetrics { steps_done: self.trainer.steps_done(), mean_of_steps: self.mean_of_steps, training_images, levels })
    }
}

impl TrainingPass {
    async fn read(&mut self) -> Result<GapMeasure, TrainError> {
        let sums = match self.sums.take() {
            Some(sums) => read_numbers(sums).await?,
            None => Vec::new(),
        };
        let mean = |place: usize| sums.get(place).map_or(f32::NAN, |sum| sum / self.images.max(1) as f32);
        Ok(GapMeasure { level: self.level, loss: mean(0), accuracy: mean(1), images: self.images })
    }

    /// One batch more.
    fn look_at(&mut self, trainer: &Trainer, step: usize, order: &mut Option<Order>) {
        let hyperparameters = trainer.hyperparameters();
        let place = BatchPlace::of_step(hyperparameters, step);
        let (images, labels) = trainer.training_images().look_at(place, order, self.level == GapLevel::Trained);
        let drops = trainer.settings().dropout && self.level < GapLevel::WithoutDropout;
        let masks = drops.then(|| DropoutMasks::draw(trainer.spec(), place.size(), hyperparameters.seed, step, trainer.device()));
        let loss = classification_loss(self.model.forward(images, masks.as_ref()), labels);
        let sums = Tensor::cat(vec![loss.cross_entropy.sum(), loss.correct.sum()], 0);
        self.sums = Some(match self.sums.take() {
            Some(before) => before + sums,
            None => sums,
        });
        self.done += 1;
    }
}

/// Passes over training images that this run has a reason for.
fn levels(trainer: &Trainer) -> Vec<GapLevel> {
    let choices = trainer.spec().choices();
    let drops = trainer.settings().dropout && (choices.stem_dropout > 0.0 || choices.head_dropout > 0.0);
    let all = [
        (GapLevel::Trained, true),
        (GapLevel::WithoutAugmentation, !trainer.hyperparameters().augmentation.is_none()),
        (GapLevel::WithoutDropout, drops),
        (GapLevel::MovingStatistics, choices.batch_norm),
    ];
    all.into_iter().filter_map(|(level, wanted)| wanted.then_some(level)).collect()
}

/// At most `wanted` steps, spread evenly. Which images an epoch's steps have is drawn from the run's seed.
fn sample(steps: &[usize], wanted: usize) -> Vec<usize> {
    let wanted = wanted.min(steps.len());
    (0..wanted).filter_map(|place| steps.get(place * steps.len() / wanted).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn a_sample_is_spread_over_the_epoch() {
        let steps: Vec<usize> = (100..110).collect();
        assert_eq!(sample(&steps, 4), [100, 102, 105, 107]);
        assert_eq!(sample(&steps, 99), steps, "all there are");
        assert_eq!(sample(&steps, 1), [100]);
        assert_eq!(sample(&[], 3), [0usize; 0]);
    }
}
