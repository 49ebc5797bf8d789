//! Tells when the browser has slowed training down in a tab that nobody saw.

use std::time::Duration;

use leptos::prelude::*;
use leptos_use::use_document_visibility;
use web_sys::VisibilityState;

use crate::protocol::Phase;
use crate::run::{Activity, Done, HiddenTab, Run, RunState};

use super::{Notices, RunController};
use crate::app::services::clock::now_ms;

/// After this the messages that came meanwhile have been read.
const CAUGHT_UP: Duration = Duration::from_millis(500);

/// Watches the tab for as long as there is a page.
pub fn watch(run: RunController, notices: Notices) {
    let tab = StoredValue::new(HiddenTab::default());
    let state = run.state();
    let done = move || state.with_untracked(|state| state.run().filter(|run| state.is_playing() && trains(run)).map(far));
    let under_way = Memo::new(move |_| state.with(is_under_way));
    Effect::new(move |_| {
        if under_way.get() {
            let begun_at = state.with_untracked(|state| state.run().map(far)).unwrap_or_default();
            tab.update_value(|tab| tab.begin(now_ms(), begun_at));
        }
    });
    let visibility = use_document_visibility();
    Effect::new(move |before: Option<VisibilityState>| {
        let seen = visibility.get();
        if before.is_none_or(|before| before == seen) {
            return seen;
        }
        let hidden = seen == VisibilityState::Hidden;
        let now = now_ms();
        let turn = move || {
            if let Some(Some(sentence)) = tab.try_update_value(|tab| tab.turn(hidden, now, done())) {
                notices.push(sentence);
            }
        };
        if hidden {
            turn();
        } else {
            set_timeout(turn, CAUGHT_UP);
        }
        seen
    });
}

fn far(run: &Run) -> Done {
    Done { steps: run.steps_done(), passes: run.held_out.len() }
}

/// How far a pass over held-out images is no one knows here.
fn trains(run: &Run) -> bool {
    matches!(run.activity, Activity::Trainer(Phase::FirstStep | Phase::Training))
}

/// Not before: a run that goes on with an earlier one has yet to hear what that did.
fn is_under_way(state: &RunState) -> bool {
    let measures = |run: &Run| matches!(run.activity, Activity::Trainer(Phase::Evaluating { .. }));
    state.is_playing() && state.run().is_some_and(|run| trains(run) || measures(run))
}
