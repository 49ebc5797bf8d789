//! Runs from one visit to the next.

use gloo::events::EventListener;
use leptos::{ev, prelude::*};

use crate::language::{marked, translated};
use crate::run::{LastStored, Run, RunState, UnreadableRuns};

use super::{Notices, RunController};
use crate::app::services::run_storage;

const NOT_STORED: &str = marked!(
    "Runs cannot be kept for the next visit: this browser's storage for the page is full or switched off. Nothing is lost while the page \
     is open; “CSV” below the runs saves their numbers."
);

/// What this page knows of the storage.
#[derive(Debug, Default)]
struct Known {
    last: LastStored,
    /// Version of the history in which nothing is left to store. What was only taken in from another tab is stored already: tabs
    /// that stored it again would answer each other for ever.
    settled: u64,
}

/// Takes in the runs of earlier visits and other tabs, and stores all whenever one ends, something about them changes, or the
/// page is left.
pub fn keep_runs(run: RunController, notices: Notices) {
    // A clock that has gone backwards gives a time from before 1970, in which nobody visits.
    let started_ms = js_sys::Date::now() as u64;
    run.change_history(|history| history.begin_visit(started_ms));
    let known = StoredValue::new(Known { settled: version(run), ..Known::default() });
    if let Err(reason) = adopt_stored(run, known) {
        notices.push(reason.to_string());
    }
    let is_over = |state: &RunState| state.run().is_some_and(Run::is_over);
    let changes = Memo::new(move |_| run.state().with(|state| (state.history.version(), is_over(state))));
    let store = move || store_runs(run, notices, known);
    Effect::new(move |before: Option<bool>| {
        let (version, is_over) = changes.get();
        let is_settled = known.with_value(|known| known.settled == version);
        if before.is_some_and(|was_over| was_over != is_over || !is_settled) {
            store();
        }
        is_over
    });
    // A phone may end a page that is hidden without another word. The page lives as long as the listeners.
    window_event_listener(ev::pagehide, move |_| store());
    EventListener::new(&document(), "visibilitychange", move |_| store()).forget();
    window_event_listener(ev::storage, move |event| {
        if run_storage::is_changed_by(&event) {
            // What cannot be read is replaced when this page stores its own.
            let _ = adopt_stored(run, known);
        }
    });
}

fn version(run: RunController) -> u64 {
    run.state().with_untracked(|state| state.history.version())
}

fn store_runs(run: RunController, notices: Notices, known: StoredValue<Known>) {
    // This page in another tab may have stored runs since. What cannot be read is replaced.
    let _ = adopt_stored(run, known);
    let runs = run.state().with_untracked(RunState::all_runs);
    let last = LastStored::new(&runs);
    let settled = version(run);
    if run_storage::write(runs).is_some() {
        known.set_value(Known { last, settled });
    } else {
        known.update_value(|known| known.settled = settled);
        notices.push_once(translated(NOT_STORED));
    }
}

fn adopt_stored(run: RunController, known: StoredValue<Known>) -> Result<(), UnreadableRuns> {
    let Some(stored) = run_storage::read()? else {
        // Somebody has cleared the storage: that takes nothing out of the page.
        known.update_value(|known| known.last = LastStored::default());
        return Ok(());
    };
    let before = version(run);
    let last = known.with_value(|known| known.last.clone());
    let adopts = run.state().with_untracked(|state| {
        let mut history = state.history.clone();
        history.adopt(stored.clone(), &last);
        history.version() != before
    });
    known.update_value(|known| known.last = LastStored::new(&stored));
    if adopts {
        run.change_history(|history| history.adopt(stored, &last));
        known.update_value(|known| {
            if known.settled == before {
                known.settled = version(run);
            }
        });
    }
    Ok(())
}
