//! Writes the run into the browser's storage while it trains, and finds it there.

use super::Host;
use crate::checkpoint::autosave::{KeptNote, KeptWork, NOTE, Past, SLOTS};
use crate::experiment::TrainError;
use crate::experiment::weight_init::StartingPoint;
use crate::protocol::{TrainEvent, decode, encode};
use crate::training::Trainer;
use crate::{dataset::ClassChoice, spec::ResNetSpec, training::Start};

/// A run is not written more often than this.
const LEAST_BETWEEN_MS: f64 = 5000.0;
/// Between two writings passes so many times what the last one took: keeping costs less than 1 % of the time.
const TIMES_ITS_COST: f64 = 100.0;

/// Keeps one run.
pub(super) struct Keeper {
    link: String,
    slot: u8,
    kept_at_ms: f64,
    cost_ms: f64,
    kept_step: Option<usize>,
    has_complained: bool,
}

impl Keeper {
    /// One that writes over the older slot first.
    pub async fn new<H: Host>(host: &H, link: String, steps_done: usize) -> Self {
        let newest = note(host).await.map_or(1, |note| note.slot);
        let kept_step = (steps_done > 0).then_some(steps_done);
        Self { link, slot: 1 - newest.min(1), kept_at_ms: host.now_ms(), cost_ms: 0.0, kept_step, has_complained: false }
    }

    /// The run has other settings from here on.
    pub fn set_link(&mut self, link: String) {
        self.link = link;
    }

    /// Whether enough time has passed since it was last written.
    pub fn is_due(&self, now_ms: f64) -> bool {
        now_ms - self.kept_at_ms >= LEAST_BETWEEN_MS.max(TIMES_ITS_COST * self.cost_ms)
    }

    /// Writes the run, all of whose steps have been read.
    ///
    /// # Errors
    /// When the device was lost. A browser without room is no error: the page is told once, and training goes on.
    pub async fn keep<H: Host>(&mut self, host: &H, trainer: &Trainer, classes: &ClassChoice, past: &Past) -> Result<(), TrainError> {
        let steps_done = trainer.steps_done();
        if self.kept_step == Some(steps_done) || steps_done == 0 {
            return Ok(());
        }
        let started_ms = host.now_ms();
        let checkpoint = trainer.checkpoint(classes.clone()).await?.to_bytes();
        let work = KeptWork { past: past.clone(), checkpoint }.to_bytes();
        let note = KeptNote { link: self.link.clone(), steps_done, total_steps: trainer.hyperparameters().total_steps(), slot: self.slot };
        let written = match host.keep(SLOTS[usize::from(self.slot)], &work).await {
            Ok(()) => host.keep(NOTE, &encode(&note)).await,
            failed => failed,
        };
        self.kept_at_ms = host.now_ms();
        self.cost_ms = self.kept_at_ms - started_ms;
        match written {
            Ok(()) => {
                self.kept_step = Some(steps_done);
                self.slot = 1 - self.slot;
                host.send(&TrainEvent::Kept { steps_done });
            }
            Err(reason) if !self.has_complained => {
                self.has_complained = true;
                host.send(&TrainEvent::NotKept { reason });
            }
            Err(_) => {}
        }
        Ok(())
    }
}

async fn note<H: Host>(host: &H) -> Option<KeptNote> {
    decode(&host.kept(NOTE).await?).ok()
}

/// What a run starts from, and what it had measured before if it goes on with one that was kept.
///
/// # Errors
/// When a file is damaged or was made for another network, or nothing whole was kept.
pub(super) async fn start<H: Host>(host: &H, point: &StartingPoint, spec: &ResNetSpec) -> Result<(Start, Past), TrainError> {
    if *point != StartingPoint::Kept {
        return Ok((Start::new(point, spec)?, Past::default()));
    }
    let newest = usize::from(note(host).await.map_or(0, |note| note.slot.min(1)));
    let mut failure = TrainError::WeightsFile { reason: "this browser keeps no run any more".into() };
    for slot in [newest, 1 - newest] {
        let Some(bytes) = host.kept(SLOTS[slot]).await else { continue };
        let opened = KeptWork::from_bytes(&bytes).map_err(|error| TrainError::WeightsFile { reason: error.to_string() });
        match opened.and_then(|work| Ok((Start::new(&StartingPoint::Checkpoint(work.checkpoint), spec)?, work.past))) {
            Ok(found) => return Ok(found),
            // What is wrong with the newer one says more.
            Err(error) if slot == newest => failure = error,
            Err(_) => {}
        }
    }
    Err(failure)
}
