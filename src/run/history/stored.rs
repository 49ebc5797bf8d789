//! Kept runs as bytes, so that they outlive the page.
//!
//! ```text
//! version (1 byte) │ runs (postcard) │ checksum of all before (8 bytes, little-endian)
//! ```

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::KeptRun;
use super::kept_run::readable_name;
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::experiment::permalink::{ViewOptions, read_kept, write};
use crate::insight::layer_stats::NetworkLook;
use crate::language::text;

const VERSION: u8 = 1;
const CHECKSUM_BYTES: usize = 8;
/// Steps stored of a run: more than a chart has pixels, and twenty runs still fit what a browser gives a page.
const MOST_STORED: usize = 1000;

/// Stored runs that cannot be had back. The message is shown to the user as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UnreadableRuns {
    /// Not what was stored.
    #[error(
        "{}",
        text!("The runs of earlier visits could not be read: they are left out, and the next run that is kept takes their place.")
    )]
    Damaged,
    /// Stored by a page that does it otherwise.
    #[error(
        "{}",
        text!(
            "The runs of earlier visits were stored by another version of this page: they are left out, and the next run that is kept \
             takes their place."
        )
    )]
    OtherVersion,
}

#[derive(Serialize, Deserialize)]
struct StoredRun {
    id: u64,
    number: usize,
    name: String,
    own_name: Option<String>,
    pinned: bool,
    style: Option<usize>,
    query: String,
    from_file: bool,
    steps: Vec<StepMetrics>,
    held_out: Vec<HeldOutMetrics>,
    look: Option<NetworkLook>,
    thinned: bool,
}

/// Runs as bytes; long ones are thinned, and say so when they are read back.
pub fn encode_runs(runs: Vec<KeptRun>) -> Vec<u8> {
    let stored: Vec<_> = runs.into_iter().map(store).collect();
    let mut bytes = vec![VERSION];
    // These plain types have no way to fail; nothing at all would be refused on reading.
    bytes.extend(postcard::to_stdvec(&stored).unwrap_or_default());
    sealed(bytes)
}

/// The same with its checksum.
pub(super) fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let checksum = checksum(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

/// Runs from what [`encode_runs`] made.
///
/// # Errors
/// When the bytes are anything else.
pub fn decode_runs(bytes: &[u8]) -> Result<Vec<KeptRun>, UnreadableRuns> {
    let (contents, found) = bytes.split_last_chunk::<CHECKSUM_BYTES>().ok_or(UnreadableRuns::Damaged)?;
    if checksum(contents) != u64::from_le_bytes(*found) {
        return Err(UnreadableRuns::Damaged);
    }
    let (version, contents) = contents.split_first().ok_or(UnreadableRuns::Damaged)?;
    if *version != VERSION {
        return Err(UnreadableRuns::OtherVersion);
    }
    let stored: Vec<StoredRun> = postcard::from_bytes(contents).map_err(|_| UnreadableRuns::Damaged)?;
    Ok(stored.into_iter().map(restore).collect())
}

fn store(mut run: KeptRun) -> StoredRun {
    run.thin(MOST_STORED);
    let query = write(&run.experiment, &ViewOptions::default());
    let KeptRun { id, number, name, own_name, pinned, style, from_file, steps, held_out, look, thinned, .. } = run;
    StoredRun { id, number, name, own_name, pinned, style, query, from_file, steps, held_out, look, thinned }
}

fn restore(stored: StoredRun) -> KeptRun {
    let StoredRun { id, number, name, own_name, pinned, style, query, from_file, steps, held_out, look, thinned } = stored;
    let own_name = own_name.as_deref().and_then(readable_name);
    let experiment = read_kept(&query);
    KeptRun { id, number, name, own_name, pinned, style, experiment, from_file, steps, held_out, look, thinned }
}

/// FNV-1a: any one wrong byte changes it, and it needs no table.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
