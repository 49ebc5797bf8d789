//! Writes the run into the browser's storage while it trains, and finds it there.

use super::{Host, KeepFailure};
use crate::checkpoint::autosave::{FileNames, KeptNote, KeptWork, Past};
use crate::checkpoint::saved_runs::what_takes_room;
use crate::experiment::weight_init::StartingPoint;
use crate::experiment::{RunId, TrainError};
use crate::language::{text, tr};
use crate::protocol::TrainEvent;
use crate::training::Trainer;
use crate::{dataset::ClassChoice, spec::ResNetSpec, training::Start};

/// A run is not written more often than this.
const LEAST_BETWEEN_MS: f64 = 5000.0;
/// Between two writings passes so many times what the last one took: keeping costs less than 1 % of the time.
const TIMES_ITS_COST: f64 = 100.0;

/// How a run is kept.
pub(super) struct KeptAs {
    pub id: RunId,
    pub name: String,
    pub link: String,
}

/// Keeps one run.
pub(super) struct Keeper {
    kept_as: KeptAs,
    slot: u8,
    kept_at_ms: f64,
    cost_ms: f64,
    kept_step: Option<usize>,
    has_complained: bool,
}

impl Keeper {
    /// One that never writes over the slot that the run was read from before the other is whole.
    pub fn new<H: Host>(host: &H, kept_as: KeptAs, kept_in: Option<KeptIn>, steps_done: usize) -> Self {
        let kept_in = kept_in.filter(|kept_in| kept_in.id == kept_as.id);
        if kept_in.is_some() {
            host.send(&TrainEvent::Kept { steps_done });
        }
        // Steps that a file holds are not lost either.
        let kept_step = (steps_done > 0).then_some(steps_done);
        Self {
            kept_as,
            slot: kept_in.map_or(0, |kept_in| 1 - kept_in.slot),
            kept_at_ms: host.now_ms(),
            cost_ms: 0.0,
            kept_step,
            has_complained: false,
        }
    }

    /// The run has other settings from here on.
    pub fn change(&mut self, kept_as: KeptAs) {
        self.kept_as = kept_as;
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
        let files = FileNames::of(self.kept_as.id);
        let note = KeptNote {
            link: self.kept_as.link.clone(),
            steps_done,
            total_steps: trainer.hyperparameters().total_steps(),
            slot: self.slot,
            name: self.kept_as.name.clone(),
            kept_at_ms: host.date_ms(),
            bytes: work.len() as u64,
        };
        let written = match host.keep(&files.slots[usize::from(self.slot)], &work).await {
            Ok(()) => host.keep(&files.note, &note.to_bytes()).await,
            failed => failed,
        };
        self.kept_at_ms = host.now_ms();
        self.cost_ms = self.kept_at_ms - started_ms;
        match written {
            Ok(()) => {
                self.kept_step = Some(steps_done);
                self.slot = 1 - self.slot;
                self.has_complained = false;
                host.send(&TrainEvent::Kept { steps_done });
            }
            Err(failure) if !self.has_complained => {
                self.has_complained = true;
                host.send(&TrainEvent::NotKept { reason: why_not(host, self.kept_as.id, failure).await });
            }
            Err(_) => {}
        }
        Ok(())
    }
}

/// Half a sentence for the user.
async fn why_not<H: Host>(host: &H, own: RunId, failure: KeepFailure) -> String {
    match failure {
        KeepFailure::Insecure => {
            text!("browsers keep nothing for a page over plain http, so open it over https or from localhost").to_owned()
        }
        KeepFailure::Refused(words) => tr!("the browser's storage for this page is switched off ({words})", words),
        KeepFailure::Full => {
            let mut others = Vec::new();
            for file in host.kept_names().await {
                let Some(other) = FileNames::owner(&file).filter(|other| *other != own && FileNames::of(*other).note == file) else {
                    continue;
                };
                others.extend(note(host, other).await);
            }
            let taken = what_takes_room(&others, host.image_bytes().await);
            tr!("the browser has no room for it: {taken}", taken)
        }
    }
}

async fn note<H: Host>(host: &H, id: RunId) -> Option<KeptNote> {
    KeptNote::from_bytes(&host.kept(&FileNames::of(id).note).await?)
}

/// What a run starts from.
pub(super) struct Beginning {
    pub start: Start,
    /// What it had measured before.
    pub past: Past,
    /// Where it was kept, if it goes on with one that was.
    pub kept_in: Option<KeptIn>,
}

/// The slot that a run was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeptIn {
    id: RunId,
    slot: u8,
}

/// What a run starts from, and what it had measured before if it goes on with one that was kept.
///
/// # Errors
/// When a file is damaged or was made for another network, or nothing whole was kept.
pub(super) async fn start<H: Host>(host: &H, point: &StartingPoint, spec: &ResNetSpec) -> Result<Beginning, TrainError> {
    let StartingPoint::Kept(id) = *point else {
        return Ok(Beginning { start: Start::new(point, spec)?, past: Past::default(), kept_in: None });
    };
    let newest = note(host, id).await.map_or(0, |note| note.slot.min(1));
    let mut failure = TrainError::WeightsFile { reason: text!("this browser does not keep the run any more").into() };
    for slot in [newest, 1 - newest] {
        let Some(bytes) = host.kept(&FileNames::of(id).slots[usize::from(slot)]).await else { continue };
        let opened = KeptWork::from_bytes(&bytes).map_err(|error| TrainError::WeightsFile { reason: error.to_string() });
        match opened.and_then(|work| Ok((Start::new(&StartingPoint::Checkpoint(work.checkpoint), spec)?, work.past))) {
            Ok((start, past)) => return Ok(Beginning { start, past, kept_in: Some(KeptIn { id, slot }) }),
            // What is wrong with the newer one says more.
            Err(error) if slot == newest => failure = error,
            Err(_) => {}
        }
    }
    Err(failure)
}
