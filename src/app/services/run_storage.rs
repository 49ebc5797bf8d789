//! Runs in the browser's storage.

use base64::{Engine, engine::general_purpose::STANDARD};
use gloo::storage::{LocalStorage, Storage};

use crate::run::{KeptRun, UnreadableRuns, decode_runs, encode_runs};

const STORED_AS: &str = "runs";

/// The runs of earlier visits.
///
/// # Errors
/// When what is stored cannot be read.
pub fn read() -> Result<Vec<KeptRun>, UnreadableRuns> {
    let Some(text) = LocalStorage::raw().get_item(STORED_AS).ok().flatten() else { return Ok(Vec::new()) };
    let bytes = STANDARD.decode(text).map_err(|_| UnreadableRuns::Damaged)?;
    decode_runs(&bytes)
}

/// Stores runs in the place of those there were; `None` where the browser has no room for them.
pub fn write(runs: Vec<KeptRun>) -> Option<()> {
    if runs.is_empty() {
        LocalStorage::delete(STORED_AS);
        return Some(());
    }
    LocalStorage::raw().set_item(STORED_AS, &STANDARD.encode(encode_runs(runs))).ok()
}
