//! Tells when the browser has slowed training down in a tab that nobody saw.

use std::time::Duration;

use super::Session;
use crate::protocol::Phase;
use crate::run::{Activity, Done, HiddenTab, Run, RunState};
use crate::ui::browser::{document, later, listen_to_window, now_ms};
use crate::ui::follow::follow;
use crate::ui::signals::{Kept, Memo};

/// After this the messages that came meanwhile have been read.
const CAUGHT_UP: Duration = Duration::from_millis(500);

impl Session {
    pub(super) fn watch_visibility(self) {
        let tab = Kept::new(HiddenTab::default());
        let far = |run: &Run| Done { steps: run.steps_done(), passes: run.held_out.len() };
        // How far a pass is no one knows here.
        let trains = |run: &Run| matches!(run.activity, Activity::Trainer(Phase::FirstStep | Phase::Training));
        let done = move || self.run.with_untracked(|state| state.run().filter(|run| state.is_playing() && trains(run)).map(far));
        // Not before: a run that goes on with an earlier one has yet to hear what that did.
        let is_under_way = move |state: &RunState| {
            let measures = |run: &Run| matches!(run.activity, Activity::Trainer(Phase::Evaluating { .. }));
            state.is_playing() && state.run().is_some_and(|run| trains(run) || measures(run))
        };
        let under_way = Memo::new(move |_| self.run.with(is_under_way));
        follow(move || {
            if under_way.get() {
                let begun_at = self.run.with_untracked(|state| state.run().map(far)).unwrap_or_default();
                tab.update(|tab| tab.begin(now_ms(), begun_at));
            }
        });
        listen_to_window("visibilitychange", move |_| {
            let (hidden, now) = (document().hidden(), now_ms());
            let turn = move || {
                if let Some(sentence) = tab.update(|tab| tab.turn(hidden, now, done())) {
                    self.notices.update(|notices| notices.push(sentence));
                }
            };
            if hidden { turn() } else { later(turn, CAUGHT_UP) }
        });
    }
}
