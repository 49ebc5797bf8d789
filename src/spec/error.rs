//! Why a network cannot be built, and what to choose instead.

use thiserror::Error;

use super::{DEEPEST, SHALLOWEST, START_FILTERS};

/// A choice that cannot be built. The message is shown to the user as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SpecError {
    /// Not `9n + 2`, or outside the limits.
    #[error("{}", depth_sentence(*below, *above))]
    Depth {
        /// What was asked for.
        given: usize,
        /// Nearest depth at or below.
        below: usize,
        /// Nearest depth at or above.
        above: usize,
    },
    /// Too few or too many start filters.
    #[error("start filters go from {} to {}, not {given}", START_FILTERS.start(), START_FILTERS.end())]
    StartFilters {
        /// What was asked for.
        given: usize,
    },
    /// Fewer than two classes, or more than a thousand.
    #[error("a classifier needs 2 to 1000 classes, not {given}")]
    Classes {
        /// What was asked for.
        given: usize,
    },
}

fn depth_sentence(below: usize, above: usize) -> String {
    if below == above {
        format!("depth is 9n + 2, from {SHALLOWEST} to {DEEPEST}: the nearest is {below}")
    } else {
        format!("depth is 9n + 2: {below} or {above}")
    }
}
