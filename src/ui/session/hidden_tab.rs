//! Tells when the browser has slowed training down in a tab that nobody saw.

use std::time::Duration;

use super::Session;
use crate::run_state::{HiddenTab, RunState};
use crate::ui::browser::{document, later, listen_to_window, now_ms};
use crate::ui::follow::follow;
use crate::ui::signals::{Kept, Memo};

/// After this the messages that came meanwhile have been read.
const CAUGHT_UP: Duration = Duration::from_millis(500);

impl Session {
    pub(super) fn watch_visibility(self) {
        let tab = Kept::new(HiddenTab::default());
        let steps = move || self.run.with_untracked(|state| state.run().filter(|_| state.is_playing()).map(|run| run.steps_done()));
        let plays = Memo::new(move |_| self.run.with(RunState::is_playing));
        follow(move || {
            if plays.get() {
                tab.update(|tab| tab.begin(now_ms(), steps().unwrap_or(0)));
            }
        });
        listen_to_window("visibilitychange", move |_| {
            let (hidden, now) = (document().hidden(), now_ms());
            let turn = move || {
                if let Some(sentence) = tab.update(|tab| tab.turn(hidden, now, steps())) {
                    self.notices.update(|notices| notices.push(sentence));
                }
            };
            if hidden { turn() } else { later(turn, CAUGHT_UP) }
        });
    }
}
