//! When workers are given up: the page around says so, or nobody sees the frame and nothing is under way.

use std::time::Duration;

use leptos::prelude::*;
use leptos_use::use_document_visibility;
use web_sys::VisibilityState;

use crate::app::services::clock::now_ms;
use crate::app::services::on_screen;
use crate::run::{RunState, Wanted};

use super::{Controllers, EmbedController};

/// Out of sight for so long, a run that waits gives up its trainer.
const PATIENCE: Duration = Duration::from_secs(15);
/// A trainer may be lost at any time: so often at most a run is remembered.
const BETWEEN_CHECKPOINTS_MS: f64 = 20_000.0;

impl EmbedController {
    /// Ends all workers. The run goes on from memory when it is played.
    pub(super) fn give_up(self) {
        let Controllers { run, studies, measurement, tasks, .. } = self.with;
        run.park();
        if untrack(|| studies.is_running()) {
            studies.stop();
        }
        measurement.stop();
        tasks.end_all();
    }

    /// Answers those who wait for a checkpoint once it is written.
    pub(super) fn follow_checkpoints(self) {
        let awaits = Memo::new(move |_| self.with.run.state().with(RunState::awaits_checkpoint));
        Effect::new(move |_| {
            if !awaits.get() {
                self.after_checkpoint();
            }
        });
    }

    /// A frame that nobody sees holds no workers, unless they are at work.
    pub(super) fn give_up_when_out_of_sight(self) {
        let (seen, tab) = (on_screen::follow(), use_document_visibility());
        let Controllers { run, studies, view, .. } = self.with;
        // What a tab asks of a finished network, such as its mistakes, needs the trainer.
        let is_asked = !view.options_untracked().network;
        let is_idle = Memo::new(move |_| {
            let out_of_sight = !seen.get() || tab.get() == VisibilityState::Hidden;
            let has_trainer = run.of_run(|run| run.device.is_some()).unwrap_or(false);
            let stays = is_asked && run.is_over();
            out_of_sight && has_trainer && !stays && !run.is_playing() && !studies.is_running()
        });
        Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
            if let Some(timer) = timer.flatten() {
                timer.clear();
            }
            // Without a timer it keeps its trainer.
            is_idle.get().then(|| set_timeout_with_handle(move || self.park_quietly(), PATIENCE).ok()).flatten()
        });
    }

    /// Remembers the run, then ends its trainer.
    fn park_quietly(self) {
        self.parks_soon.set_value(true);
        self.with.run.ask_for_checkpoint();
        self.after_checkpoint();
    }

    /// Does what waits for a checkpoint, unless the trainer has yet to write it.
    pub(super) fn after_checkpoint(self) {
        let run = self.with.run;
        if run.state().with_untracked(RunState::awaits_checkpoint) {
            return;
        }
        self.answer_waiting();
        if self.parks_soon.get_value() {
            self.parks_soon.set_value(false);
            // Unless it was played meanwhile, or takes a step.
            if untrack(|| run.of_run(|run| run.wanted == Wanted::Paused || run.is_over()).unwrap_or(false)) {
                self.give_up();
            }
        }
    }

    /// Remembers the run after its epochs.
    pub(super) fn remember_epochs(self) {
        let run = self.with.run;
        let epochs = Memo::new(move |_| run.of_run(|run| run.epochs.len()));
        let asked_ms = StoredValue::new(f64::MIN);
        Effect::new(move |_| {
            let is_due = now_ms() - asked_ms.get_value() >= BETWEEN_CHECKPOINTS_MS;
            if epochs.get().is_some_and(|epochs| epochs > 0) && is_due && untrack(|| run.is_playing()) {
                asked_ms.set_value(now_ms());
                run.ask_for_checkpoint();
            }
        });
    }
}
