//! What comes from a trainer, wherever it is.

use crate::experiment::WorkerFailure;
use crate::protocol::TrainEvent;

/// What comes from a trainer.
#[derive(Debug)]
pub enum Heard {
    /// A message of the trainer.
    Event(TrainEvent),
    /// It failed in a way it cannot tell itself.
    Broken(WorkerFailure),
}
