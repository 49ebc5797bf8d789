//! A checkpoint of a run in the page's memory.

use std::sync::Arc;

use crate::checkpoint::FileContents;

/// A checkpoint of a run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Remembered {
    pub checkpoint: Arc<Vec<u8>>,
    pub steps_done: usize,
    pub training_ms: f64,
}

impl Remembered {
    /// Nothing of bytes that are no checkpoint.
    pub fn new(checkpoint: Vec<u8>, training_ms: f64) -> Option<Self> {
        let steps_done = FileContents::of(&checkpoint)?.steps_done()?;
        Some(Self { checkpoint: Arc::new(checkpoint), steps_done, training_ms })
    }
}
