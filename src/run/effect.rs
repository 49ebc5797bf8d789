//! What follows from a change of the run, for the page to do.

use super::TrainerKind;
use crate::experiment::RunRequest;
use crate::protocol::TrainCommand;

/// What the page has to do with the worker, or with another one.
#[derive(Debug, Clone, PartialEq)]
pub enum TrainerEffect {
    /// Start a trainer in the place of the one there is.
    Start(TrainerKind),
    /// Post a command to it.
    Post(TrainCommand),
    /// Measure what whitens the images of this request, and tell [`RunState::whitening_told`](super::RunState::whitening_told).
    MeasureWhitening(Box<RunRequest>),
    /// End it.
    Stop,
}
