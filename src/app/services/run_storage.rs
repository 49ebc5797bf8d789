//! Runs from one visit to the next, in the browser's storage.

use base64::{Engine, engine::general_purpose::STANDARD};
use gloo::events::EventListener;
use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;

use crate::run::{KeptRun, Run, RunState, UnreadableRuns, decode_runs, encode_runs};

use super::super::context::{Notices, RunController};

const STORED_AS: &str = "runs";
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
    if write(runs).is_none() {
        notices.push_once(NOT_STORED);
    }
}

fn adopt_stored(run: RunController) -> Result<(), UnreadableRuns> {
    let stored = read()?;
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

fn read() -> Result<Vec<KeptRun>, UnreadableRuns> {
    let Some(text) = LocalStorage::raw().get_item(STORED_AS).ok().flatten() else { return Ok(Vec::new()) };
    let bytes = STANDARD.decode(text).map_err(|_| UnreadableRuns::Damaged)?;
    decode_runs(&bytes)
}

/// `None` where the browser has no room for it.
fn write(runs: Vec<KeptRun>) -> Option<()> {
    if runs.is_empty() {
        LocalStorage::delete(STORED_AS);
        return Some(());
    }
    LocalStorage::raw().set_item(STORED_AS, &STANDARD.encode(encode_runs(runs))).ok()
}
