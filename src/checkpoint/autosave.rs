//! A run kept in the browser's storage, to go on with after the tab was closed.
//!
//! It is written into two slots in turn, and then a note says which of them is newest: a tab that dies while it writes
//! leaves the slot before whole.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::evaluation::metrics::StepMetrics;
use crate::experiment::callbacks::EpochRecord;

/// The browser's cache that holds the slots and the note.
pub const STORE: &str = "resnet-playground-run";
/// Name of the note, a [`KeptNote`].
pub const NOTE: &str = "newest";
/// Names of the slots, each a [`KeptWork`].
pub const SLOTS: [&str; 2] = ["slot-0", "slot-1"];

/// What the page needs to offer the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptNote {
    /// The experiment, as a link has it.
    pub link: String,
    /// Steps done.
    pub steps_done: usize,
    /// Steps of the whole run.
    pub total_steps: usize,
    /// Which of the [`SLOTS`] holds it.
    pub slot: u8,
}

/// What a run has measured so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Past {
    /// Every step, in order.
    pub steps: Vec<StepMetrics>,
    /// Every epoch, in order.
    pub epochs: Vec<EpochRecord>,
    /// Time spent in training steps, in milliseconds.
    pub training_ms: f64,
}

/// A run as it stood.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptWork {
    /// What it had measured.
    pub past: Past,
    /// A [checkpoint](crate::checkpoint::Checkpoint) as a file.
    pub checkpoint: Vec<u8>,
}

/// What was kept cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the run that this browser kept is damaged")]
pub struct DamagedWork;

impl KeptWork {
    /// CRC-32 of what follows, length of the past in bytes, the past, the checkpoint; numbers little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Plain numbers have no way to fail.
        let past = postcard::to_stdvec(&self.past).unwrap_or_default();
        let length = u32::try_from(past.len()).unwrap_or(u32::MAX);
        let body = [&length.to_le_bytes(), past.as_slice(), &self.checkpoint].concat();
        [&crc32fast::hash(&body).to_le_bytes(), body.as_slice()].concat()
    }

    /// # Errors
    /// When the bytes are not what was written, whatever they are.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DamagedWork> {
        let (checksum, body) = bytes.split_first_chunk().ok_or(DamagedWork)?;
        if crc32fast::hash(body) != u32::from_le_bytes(*checksum) {
            return Err(DamagedWork);
        }
        let (length, rest) = body.split_first_chunk().ok_or(DamagedWork)?;
        let (past, checkpoint) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(DamagedWork)?;
        Ok(Self { past: postcard::from_bytes(past).map_err(|_| DamagedWork)?, checkpoint: checkpoint.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work() -> KeptWork {
        let steps = (0..3).map(|step| StepMetrics { step, loss: 2.0 - step as f32, accuracy: 0.25 }).collect();
        KeptWork { past: Past { steps, epochs: Vec::new(), training_ms: 12.5 }, checkpoint: vec![7; 40] }
    }

    #[test]
    fn what_was_kept_comes_back() {
        assert_eq!(KeptWork::from_bytes(&work().to_bytes()), Ok(work()), "to the last bit");
    }

    #[test]
    fn whatever_happened_to_the_bytes_is_noticed() {
        let bytes = work().to_bytes();
        for length in 0..bytes.len() {
            assert_eq!(KeptWork::from_bytes(&bytes[..length]), Err(DamagedWork), "cut to {length} bytes");
        }
        for place in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[place] ^= 0x10;
            assert_eq!(KeptWork::from_bytes(&flipped), Err(DamagedWork), "a bit of byte {place} flipped");
        }
    }
}
