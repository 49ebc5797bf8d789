//! A run kept in the browser's storage, to go on with after the tab was closed.
//!
//! Each run has files of its own, named after its [`RunId`]. It is written into two slots in turn, and then a note says which
//! of them is newest: a tab that dies while it writes leaves the slot before whole. The note is there twice, each with its
//! checksum: nobody finds a run whose note cannot be read.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::evaluation::metrics::StepMetrics;
use crate::experiment::RunId;
use crate::experiment::callbacks::EpochRecord;
use crate::language::text;

/// The browser's cache that holds the slots and notes.
pub const STORE: &str = "resnet-playground-run";

/// Names of a run's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNames {
    /// The note, a [`KeptNote`].
    pub note: String,
    /// The slots, each a [`KeptWork`].
    pub slots: [String; 2],
}

impl FileNames {
    /// Those of a run.
    pub fn of(id: RunId) -> Self {
        // Pages that kept only one run had no need for its id.
        if id == RunId::FORMER {
            return Self { note: "newest".into(), slots: ["slot-0".into(), "slot-1".into()] };
        }
        Self { note: format!("run-{id}-newest"), slots: [0, 1].map(|slot| format!("run-{id}-slot-{slot}")) }
    }

    /// Which run a file belongs to; nothing for files of something else.
    pub fn owner(file: &str) -> Option<RunId> {
        let id = match file.strip_prefix("run-") {
            Some(rest) => RunId::read(rest.get(..16)?)?,
            None => RunId::FORMER,
        };
        let Self { note, slots } = Self::of(id);
        (file == note || slots.iter().any(|slot| slot == file)).then_some(id)
    }
}

/// What the page needs to offer the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptNote {
    /// The experiment, as a link has it.
    pub link: String,
    /// Steps done.
    pub steps_done: usize,
    /// Steps of the whole run.
    pub total_steps: usize,
    /// Which of the slots holds it.
    pub slot: u8,
    /// What the table of runs calls it; empty in notes of former pages.
    pub name: String,
    /// When it was kept, in milliseconds since 1970; 0 in notes of former pages.
    pub kept_at_ms: u64,
    /// Size of the slot; 0 in notes of former pages.
    pub bytes: u64,
}

/// As pages wrote it that kept only one run.
#[derive(Serialize, Deserialize)]
struct FormerNote {
    link: String,
    steps_done: usize,
    total_steps: usize,
    slot: u8,
}

impl KeptNote {
    /// The note as a file: twice, each time with its CRC-32. Former pages read the first and pass over what follows.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Plain values have no way to fail; an empty note is no note.
        let note = postcard::to_stdvec(self).unwrap_or_default();
        let sealed = [note.as_slice(), &crc32fast::hash(&note).to_le_bytes()].concat();
        sealed.repeat(2)
    }

    /// Reads a note whose first or second copy is whole, former ones too; nothing from other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (first, second) = bytes.split_at(bytes.len() / 2);
        Self::sealed(first).or_else(|| Self::sealed(second)).or_else(|| Self::former(bytes))
    }

    fn sealed(copy: &[u8]) -> Option<Self> {
        let (note, checksum) = copy.split_last_chunk()?;
        let is_whole = crc32fast::hash(note) == u32::from_le_bytes(*checksum);
        is_whole.then(|| postcard::from_bytes(note).ok()).flatten()
    }

    /// As former pages wrote it, without a checksum and with nothing behind it.
    fn former(bytes: &[u8]) -> Option<Self> {
        if let Ok((note, [])) = postcard::take_from_bytes(bytes) {
            return Some(note);
        }
        let Ok((FormerNote { link, steps_done, total_steps, slot }, [])) = postcard::take_from_bytes(bytes) else { return None };
        Some(Self { link, steps_done, total_steps, slot, name: String::new(), kept_at_ms: 0, bytes: 0 })
    }

    /// Whether nothing is left to train.
    pub fn is_finished(&self) -> bool {
        self.steps_done >= self.total_steps
    }
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
#[error("{}", text!("the run that this browser kept is damaged"))]
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
    fn each_run_has_files_of_its_own() {
        let runs = [RunId::new(1), RunId::new(0x3fa9_c2d1_0000_0001), RunId::FORMER];
        let mut all = Vec::new();
        for id in runs {
            let FileNames { note, slots } = FileNames::of(id);
            for file in [&note, &slots[0], &slots[1]] {
                assert_eq!(FileNames::owner(file), Some(id), "{file}");
                all.push(file.clone());
            }
        }
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 9, "no two of them share a file: {all:?}");
        for other in
            ["whitening-00ff", "run-", "run-3fa9c2d1-slot-0", "run-0000000000000001-slot-2", "slot-2", "run-é000000000000001-newest", ""]
        {
            assert_eq!(FileNames::owner(other), None, "{other} belongs to no run");
        }
    }

    fn note() -> KeptNote {
        KeptNote {
            link: "v=1&depth=20".into(),
            steps_done: 300,
            total_steps: 1000,
            slot: 1,
            name: "skips off".into(),
            kept_at_ms: 1_760_000_000_000,
            bytes: 1 << 24,
        }
    }

    #[test]
    fn a_note_comes_back_and_one_of_a_former_page_too() {
        let note = note();
        assert_eq!(KeptNote::from_bytes(&note.to_bytes()), Some(note.clone()));
        let unsealed = postcard::to_stdvec(&note).unwrap();
        assert_eq!(KeptNote::from_bytes(&unsealed), Some(note.clone()), "of the page before this one");
        let former = FormerNote { link: "v=1&depth=20".into(), steps_done: 300, total_steps: 1000, slot: 1 };
        let read = KeptNote::from_bytes(&postcard::to_stdvec(&former).unwrap());
        assert_eq!(read, Some(KeptNote { name: String::new(), kept_at_ms: 0, bytes: 0, ..note.clone() }), "what it did not say is empty");
        let read_by_former = postcard::from_bytes::<FormerNote>(&note.to_bytes());
        assert_eq!(read_by_former.map(|note| note.slot), Ok(1), "a page that was not reloaded yet reads the new one");
        for garbage in [&[][..], &[255; 9], b"no note"] {
            assert_eq!(KeptNote::from_bytes(garbage), None, "{garbage:?}");
        }
    }

    /// A note that says another step or link would go on with another run.
    #[test]
    fn whatever_byte_of_a_note_is_flipped_it_says_the_same() {
        let note = note();
        let bytes = note.to_bytes();
        for place in 0..bytes.len() {
            for flip in 1..=255 {
                let mut flipped = bytes.clone();
                flipped[place] ^= flip;
                assert_eq!(KeptNote::from_bytes(&flipped), Some(note.clone()), "byte {place} flipped by {flip}");
            }
        }
        for length in 0..bytes.len() {
            let read = KeptNote::from_bytes(&bytes[..length]);
            // Without its end it is a note of a former page at most.
            let says_the_same = |read: &KeptNote| (&read.link, read.steps_done, read.slot) == (&note.link, note.steps_done, note.slot);
            assert!(read.as_ref().is_none_or(says_the_same), "cut to {length} bytes: {read:?}");
        }
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
