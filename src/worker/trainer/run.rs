//! A prepared run: its steps, the passes after each epoch, what it sends and keeps.

use super::arriving_images::ArrivingImages;
use super::epoch_end::EpochEnd;
use super::keep_work::{Keeper, KeptIn};
use super::{Host, lesions, memory};
use crate::checkpoint::autosave::Past;
use crate::checkpoint::{weights_file, write};
use crate::dataset::ClassChoice;
use crate::experiment::TrainError;
use crate::experiment::callbacks::{EpochRecord, first_diverged};
use crate::experiment::weight_init::WeightLayout;
use crate::protocol::{Phase, TrainEvent};
use crate::studies::{Lesioned, lesion_report};
use crate::training::{GapPasses, Trainer};

/// Steps queued on a device before their numbers are fetched. More keeps a fast GPU busier, but
/// Pause cannot take back what is queued.
pub(super) const MOST_UNREAD_STEPS: usize = 4;

/// Numbers are fetched at least this often while steps go on.
pub(super) const READ_EVERY_MS: f64 = 200.0;

/// A loss of so many times what guessing has is looked into at once: should the run blow up, it is known where.
const ALARMING_LOSS: f32 = 3.0;

const TELL_PROGRESS_EVERY_MS: f64 = 100.0;

/// What a prepared run is doing.
pub(super) struct Run {
    pub trainer: Trainer,
    /// For the checkpoint.
    pub classes: ClassChoice,
    /// Passes over images after an epoch; training waits for them.
    pub epoch_end: Option<EpochEnd>,
    pub pace: Pace,
    /// What it has measured.
    pub past: Past,
    /// Where it was kept, if it goes on with one that was.
    pub kept_in: Option<KeptIn>,
    pub keeper: Option<Keeper>,
    pub read_at_ms: f64,
    pub told_at_ms: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    Waiting,
    Steady,
    /// A step is owed, after the passes of an epoch that ended before.
    SingleStep,
    /// The step was taken and was the last of its epoch, whose passes are left.
    AfterSingleStep,
}

impl Run {
    #[expect(clippy::unnecessary_wraps, reason = "one arm of a match whose other arms can fail")]
    pub fn set_off<H: Host>(&mut self, host: &H, pace: Pace) -> Result<(), TrainError> {
        if self.trainer.is_finished() && self.epoch_end.is_none() {
            host.send(&TrainEvent::Phase(Phase::Finished));
            return Ok(());
        }
        self.pace = pace;
        self.read_at_ms = host.now_ms();
        host.send(&TrainEvent::Phase(if self.trainer.steps_done() == 0 { Phase::FirstStep } else { Phase::Training }));
        Ok(())
    }

    /// Fetches what is still unread and waits for the next command.
    pub async fn rest<H: Host>(&mut self, host: &H, phase: Phase) -> Result<(), TrainError> {
        self.pace = Pace::Waiting;
        self.report(host).await?;
        host.send(&TrainEvent::Phase(phase));
        self.keep(host).await
    }

    /// Writes the run into the browser's storage where the page asked for that and all its steps have been read.
    pub async fn keep<H: Host>(&mut self, host: &H) -> Result<(), TrainError> {
        match &mut self.keeper {
            Some(keeper) if self.trainer.unread_steps() == 0 => keeper.keep(host, &self.trainer, &self.classes, &self.past).await,
            _ => Ok(()),
        }
    }

    /// Fetches what is still unread and writes the run, whatever it is doing.
    pub async fn keep_at_once<H: Host>(&mut self, host: &H) -> Result<(), TrainError> {
        self.report(host).await?;
        self.keep(host).await
    }

    pub async fn save_weights<H: Host>(&self, host: &H, layout: WeightLayout) -> Result<(), TrainError> {
        let spec = self.trainer.spec();
        let bytes = write(&self.trainer.weights().await?, layout, spec.choices());
        let name = weights_file(spec.depth().layers(), layout);
        host.send(&TrainEvent::File { name, bytes });
        Ok(())
    }

    pub async fn save_checkpoint<H: Host>(&self, host: &H) -> Result<(), TrainError> {
        let bytes = self.trainer.checkpoint(self.classes.clone()).await?.to_bytes();
        let (depth, step) = (self.trainer.spec().depth().layers(), self.trainer.steps_done());
        host.send(&TrainEvent::File { name: format!("resnet-{depth}-step-{step}-checkpoint.safetensors"), bytes });
        Ok(())
    }

    pub async fn drop_each_block<H: Host>(&self, host: &H) -> Result<(), TrainError> {
        let mut tell = |done, total| host.send(&TrainEvent::Phase(Phase::LeavingOutBlocks { done, total }));
        tell(0, 1);
        let whole = lesions::pass(host, self.trainer.evaluation()).await?;
        let lesions = lesions::measure(host, &self.trainer, &mut tell).await?;
        let report = lesion_report(Lesioned { spec: self.trainer.spec(), whole, lesions: &lesions });
        host.send(&TrainEvent::Experiment(Box::new(report)));
        host.send(&TrainEvent::Phase(self.resting_phase()));
        Ok(())
    }

    pub async fn explain_gap<H: Host>(&mut self, host: &H) -> Result<(), TrainError> {
        self.report(host).await?;
        if let Some(mut passes) = GapPasses::new(&self.trainer, &self.past.steps) {
            let mut told_at_ms = None;
            loop {
                if told_at_ms.is_none_or(|told| host.now_ms() - told >= TELL_PROGRESS_EVERY_MS) {
                    told_at_ms = Some(host.now_ms());
                    let (done, total) = passes.progress();
                    host.send(&TrainEvent::Phase(Phase::ExplainingGap { done, total }));
                }
                if !passes.advance().await? {
                    break;
                }
                host.yield_now().await;
            }
            host.send(&TrainEvent::Gap(Box::new(passes.finish().await?)));
        }
        host.send(&TrainEvent::Phase(self.resting_phase()));
        Ok(())
    }

    /// What follows something that was done beside training.
    fn resting_phase(&self) -> Phase {
        match self.pace {
            Pace::Waiting if self.trainer.is_finished() && self.epoch_end.is_none() => Phase::Finished,
            Pace::Waiting => Phase::Paused,
            Pace::Steady | Pace::SingleStep | Pace::AfterSingleStep => Phase::Training,
        }
    }

    /// Takes images that have arrived, and waits for those that the next step needs. Where they do not come, the run pauses.
    pub async fn receive<H: Host>(&mut self, host: &H, arriving: &mut ArrivingImages<'_, H>) -> Result<bool, TrainError> {
        while let Some(part) = arriving.arrived() {
            self.trainer.images_arrive(&part);
        }
        if self.trainer.has_next_batch() {
            return Ok(true);
        }
        self.report(host).await?;
        host.send(&TrainEvent::Phase(Phase::WaitingForImages));
        while !self.trainer.has_next_batch() {
            match arriving.next().await {
                Ok(Some(part)) => self.trainer.images_arrive(&part),
                Ok(None) => break,
                Err(error) => {
                    host.send(&TrainEvent::ImagesMissing { reason: error.to_string() });
                    self.rest(host, Phase::Paused).await?;
                    return Ok(false);
                }
            }
        }
        host.send(&TrainEvent::Phase(Phase::Training));
        Ok(true)
    }

    /// Waits for all images that are still to come.
    ///
    /// # Errors
    /// When one of their files cannot be fetched or decoded.
    pub async fn receive_all<H: Host>(&mut self, host: &H, arriving: &mut ArrivingImages<'_, H>) -> Result<(), TrainError> {
        if self.trainer.has_all_images() {
            return Ok(());
        }
        host.send(&TrainEvent::Phase(Phase::WaitingForImages));
        while let Some(part) = arriving.next().await? {
            self.trainer.images_arrive(&part);
        }
        host.send(&TrainEvent::Phase(self.resting_phase()));
        Ok(())
    }

    pub async fn train<H: Host>(&mut self, host: &H) -> Result<(), TrainError> {
        let started_ms = host.now_ms();
        let first = self.trainer.steps_done() == 0;
        self.trainer.step();
        self.past.training_ms += host.now_ms() - started_ms;
        let due = self.trainer.unread_steps() >= MOST_UNREAD_STEPS || host.now_ms() - self.read_at_ms >= READ_EVERY_MS;
        let epoch_over = self.trainer.at_epoch_end();
        if first || due || epoch_over || self.pace == Pace::SingleStep {
            self.report(host).await?;
        }
        if epoch_over {
            let epoch_end = EpochEnd::new(&self.trainer);
            let (done, total) = epoch_end.progress();
            host.send(&TrainEvent::Phase(Phase::Evaluating { done, total }));
            self.epoch_end = Some(epoch_end);
            if self.pace == Pace::SingleStep {
                self.pace = Pace::AfterSingleStep;
            }
            return Ok(());
        }
        match self.pace {
            Pace::SingleStep => self.rest(host, Phase::Paused).await,
            _ if first => {
                host.send(&TrainEvent::Phase(Phase::Training));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub async fn continue_epoch_end<H: Host>(&mut self, mut epoch_end: EpochEnd, host: &H) -> Result<(), TrainError> {
        if epoch_end.advance().await? {
            if host.now_ms() - self.told_at_ms >= TELL_PROGRESS_EVERY_MS {
                self.told_at_ms = host.now_ms();
                let (done, total) = epoch_end.progress();
                host.send(&TrainEvent::Phase(Phase::Evaluating { done, total }));
            }
            self.epoch_end = Some(epoch_end);
            return Ok(());
        }
        if let Some(record) = epoch_end.record(&mut self.trainer) {
            self.past.epochs.push(record);
            tell_epoch(host, record);
        }
        if self.trainer.is_finished() {
            return self.rest(host, Phase::Finished).await;
        }
        if self.pace == Pace::AfterSingleStep {
            return self.rest(host, Phase::Paused).await;
        }
        host.send(&TrainEvent::Phase(Phase::Training));
        Ok(())
    }

    /// Sends the numbers of all steps since the last report.
    pub async fn report<H: Host>(&mut self, host: &H) -> Result<(), TrainError> {
        let started_ms = host.now_ms();
        let steps = self.trainer.read().await?;
        self.read_at_ms = host.now_ms();
        if steps.is_empty() {
            return Ok(());
        }
        self.past.training_ms += self.read_at_ms - started_ms;
        let looks = self.trainer.read_looks().await?;
        if !looks.is_empty() {
            host.send(&TrainEvent::Looks(looks));
        }
        let guessing = (self.trainer.spec().classes() as f32).ln();
        if steps.last().is_some_and(|step| step.loss > ALARMING_LOSS * guessing) {
            self.trainer.look_at_next_step();
        }
        let diverged = first_diverged(&steps);
        self.past.steps.extend_from_slice(&steps);
        let memory_bytes = memory::held_bytes(self.trainer.device());
        host.send(&TrainEvent::Steps { steps, training_ms: self.past.training_ms, memory_bytes });
        diverged.map_or(Ok(()), |step| Err(TrainError::Diverged { step }))
    }
}

pub(super) fn tell_epoch<H: Host>(host: &H, record: EpochRecord) {
    host.send(&TrainEvent::HeldOut(record.held_out));
    host.send(&TrainEvent::EpochEnd(Box::new(record)));
}
