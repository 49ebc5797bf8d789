//! Runs from one visit to the next.

use gloo::events::EventListener;
use leptos::prelude::*;

use crate::run::{Run, RunState, UnreadableRuns};

use super::super::services::run_storage;
use super::{Notices, RunController};

const NOT_STORED: &str = "Runs cannot be kept for the next visit: this browser's storage for the page is full or switched off. \
                          Nothing is lost while the page is open; “CSV” below the runs saves their numbers.";

/// Takes in the runs of earlier visits, and stores all whenever one ends, something about them changes, or the page is left.
pub fn keep_runs(run: RunController, notices: Notices) {
    // A clock that has gone backwards gives a time from before 1970, in which nobody visits.
    let started_ms = js_sys::Date::now() as u64;
    run.change_history(|history| history.begin_visit(started_ms));
    if let Err(reason) = adopt_stored(run) {
        notices.push(reason.to_string());
    }
    let is_over = |state: &RunState| state.run().is_some_and(Run::is_over);
    let changes = Memo::new(move |_| run.state().with(|state| (state.history.version(), is_over(state))));
    let store = move || store_runs(run, notices);
    Effect::new(move |before: Option<()>| {
        changes.get();
        if before.is_some() {
            store();
        }
    });
    // A phone may end a page that is hidden without another word. The page lives as long as the listeners.
    EventListener::new(&window(), "pagehide", move |_| store()).forget();
    EventListener::new(&document(), "visibilitychange", move |_| store()).forget();
}

fn store_runs(run: RunController, notices: Notices) {
    // This page in another tab may have stored runs since. What cannot be read is replaced.
    let _ = adopt_stored(run);
    let runs = run.state().with_untracked(RunState::all_runs);
    if run_storage::write(runs).is_none() {
        notices.push_once(NOT_STORED);
    }
}

fn adopt_stored(run: RunController) -> Result<(), UnreadableRuns> {
    let stored = run_storage::read()?;
    let adopts = run.state().with_untracked(|state| {
        let mut history = state.history.clone();
        history.adopt(stored.clone());
        history.version() != state.history.version()
    });
    if adopts {
        run.change_history(|history| history.adopt(stored));
    }
    Ok(())
}
