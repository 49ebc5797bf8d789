//! What comes from a trainer, wherever it is.

use crate::experiment::WorkerFailure;
use crate::protocol::TrainEvent;
use crate::run::Arrival;

/// What comes from a trainer.
#[derive(Debug)]
pub enum TrainerMessage {
    /// A message of the trainer.
    Event(TrainEvent),
    /// More of its program is there.
    Arriving(Arrival),
    /// It failed in a way it cannot tell itself.
    Broken(WorkerFailure),
}
