//! Runs from one visit to the next, in the browser's storage.

use crate::run::{KeptRun, Run, RunState, UnreadableRuns, decode_runs, encode_runs};
use crate::ui::browser::{listen_to_window, storage, window};
use crate::ui::follow::follow;

use super::Session;
use crate::ui::signals::Memo;

const STORED_AS: &str = "runs";
const NOT_STORED: &str = "Runs cannot be kept for the next visit: this browser's storage for the page is full or switched off. \
                          Nothing is lost while the page is open; “CSV” below the runs saves their numbers.";

/// Whether there are any.
pub fn are_there() -> bool {
    storage().and_then(|storage| storage.get_item(STORED_AS).ok().flatten()).is_some()
}

impl Session {
    /// Takes in the runs of earlier visits, and stores all whenever one ends, something about them changes, or the
    /// page is left.
    pub(super) fn keep_runs(self) {
        // A clock that has gone backwards gives a time from before 1970, in which nobody visits.
        let started_ms = js_sys::Date::now() as u64;
        self.run.update(|state| state.history.begin_visit(started_ms));
        if let Err(reason) = self.adopt_stored() {
            self.notices.update(|notices| notices.push(reason.to_string()));
        }
        let is_over = |state: &RunState| state.run().is_some_and(Run::is_over);
        let changes = Memo::new(move |_| self.run.with(|state| (state.history.version(), is_over(state))));
        let as_found = changes.with_untracked(Clone::clone);
        follow(move || {
            if changes.get() != as_found {
                self.store_runs();
            }
        });
        // A phone may end a page that is hidden without another word.
        for leaving in ["pagehide", "visibilitychange"] {
            listen_to_window(leaving, move |_| self.store_runs());
        }
    }

    fn store_runs(self) {
        // This page in another tab may have stored runs since. What cannot be read is replaced.
        let _ = self.adopt_stored();
        let runs = self.run.with_untracked(RunState::all_runs);
        if write(runs).is_none() && !self.storing_failed.get() {
            self.storing_failed.set(true);
            self.notices.update(|notices| notices.push(NOT_STORED.into()));
        }
    }

    fn adopt_stored(self) -> Result<(), UnreadableRuns> {
        let stored = read()?;
        let news = self.run.with_untracked(|state| {
            let mut history = state.history.clone();
            history.adopt(stored);
            (history.version() != state.history.version()).then_some(history)
        });
        if let Some(history) = news {
            self.run.update(|state| state.history = history);
        }
        Ok(())
    }
}

fn read() -> Result<Vec<KeptRun>, UnreadableRuns> {
    let Some(text) = storage().and_then(|storage| storage.get_item(STORED_AS).ok().flatten()) else { return Ok(Vec::new()) };
    let characters = window().atob(&text).map_err(|_| UnreadableRuns::Damaged)?;
    // The browser's decoder gives a character from 0 to 255 for each byte.
    let bytes: Vec<u8> = characters.chars().map(|character| character as u8).collect();
    decode_runs(&bytes)
}

/// None where the browser has no room for it, or no storage.
fn write(runs: Vec<KeptRun>) -> Option<()> {
    let nothing = runs.is_empty();
    let Some(storage) = storage() else { return nothing.then_some(()) };
    if nothing {
        return storage.remove_item(STORED_AS).ok();
    }
    storage.set_item(STORED_AS, &crate::ui::browser::base64(&encode_runs(runs))?).ok()
}
