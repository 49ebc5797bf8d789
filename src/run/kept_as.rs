//! How the browser's storage keeps a run.

use crate::experiment::RunId;

/// What a run is kept under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAs {
    /// Which run it is.
    pub id: RunId,
    /// What the table of runs calls it.
    pub name: String,
}
