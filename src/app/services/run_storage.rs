//! Runs in the browser's storage.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::local_storage;
use crate::run::{KeptRun, UnreadableRuns, decode_runs, encode_runs};

const STORED_AS: &str = "runs";

/// The runs of earlier visits.
///
/// # Errors
/// When what is stored cannot be read.
pub fn read() -> Result<Vec<KeptRun>, UnreadableRuns> {
    let Some(text) = local_storage::text(STORED_AS) else { return Ok(Vec::new()) };
    let bytes = STANDARD.decode(text).map_err(|_| UnreadableRuns::Damaged)?;
    decode_runs(&bytes)
}

/// Stores runs in the place of those there were; `None` where the browser has no room for them.
pub fn write(runs: Vec<KeptRun>) -> Option<()> {
    if runs.is_empty() {
        local_storage::remove(STORED_AS);
        return Some(());
    }
    local_storage::set_text(STORED_AS, &STANDARD.encode(encode_runs(runs)))
}
