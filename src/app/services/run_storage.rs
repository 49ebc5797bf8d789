//! Runs in the browser's storage.

use base64::{Engine, engine::general_purpose::STANDARD};
use web_sys::StorageEvent;

use super::local_storage;
use crate::run::{KeptRun, UnreadableRuns, decode_runs, encode_runs};

const STORED_AS: &str = "runs";

/// The stored runs; none where no list of them was stored, or it was taken away.
///
/// # Errors
/// When what is stored cannot be read.
pub fn read() -> Result<Option<Vec<KeptRun>>, UnreadableRuns> {
    let Some(text) = local_storage::text(STORED_AS) else { return Ok(None) };
    let bytes = STANDARD.decode(text).map_err(|_| UnreadableRuns::Damaged)?;
    decode_runs(&bytes).map(Some)
}

/// Stores runs in the place of those there were; `None` where the browser has no room for them.
pub fn write(runs: Vec<KeptRun>) -> Option<()> {
    // A list without runs tells other tabs that all were forgotten; on a page without any there is nothing to tell.
    if runs.is_empty() && local_storage::text(STORED_AS).is_none() {
        return Some(());
    }
    local_storage::set_text(STORED_AS, &STANDARD.encode(encode_runs(runs)))
}

/// Whether another tab has changed the list.
pub fn is_changed_by(event: &StorageEvent) -> bool {
    event.key().as_deref() == Some(STORED_AS)
}
