//! Saved runs in the browser's storage. The trainer writes them; the page lists them and takes them away.

use std::collections::BTreeMap;

use super::open_runs;
use crate::checkpoint::autosave::{FileNames, KeptNote, STORE};
use crate::checkpoint::saved_runs::SavedRuns;
use crate::experiment::RunId;
use crate::worker::storage::{keep_in, names_in, read_from, remove_from};

/// All there are.
pub async fn list() -> SavedRuns {
    let files = names_in(STORE).await;
    let mut notes = BTreeMap::new();
    for id in files.iter().filter_map(|file| FileNames::owner(file)) {
        let file = FileNames::of(id).note;
        if notes.contains_key(&file) {
            continue;
        }
        if let Some(note) = read_from(STORE, &file).await.and_then(|bytes| KeptNote::from_bytes(&bytes)) {
            notes.insert(file, note);
        }
    }
    // Asked last: a run that ends meanwhile is better taken for open than another tab's for closed.
    let open = open_runs::all().await;
    SavedRuns::new(&files, &notes, |id| open.contains(&id))
}

/// Takes the note of a run away: nobody finds the run any more, and [`put_back`] brings it back.
pub async fn take_away(id: RunId) {
    remove_from(STORE, &FileNames::of(id).note).await;
}

/// Brings back a run whose note was taken away. None where the browser has no room even for that.
pub async fn put_back(id: RunId, note: &KeptNote) -> Option<()> {
    keep_in(STORE, &FileNames::of(id).note, &note.to_bytes()).await.ok()
}

/// Removes all files of a run.
pub async fn purge(id: RunId) {
    let FileNames { note, slots } = FileNames::of(id);
    for file in [note].iter().chain(&slots) {
        remove_from(STORE, file).await;
    }
}
