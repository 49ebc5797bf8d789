//! The page around is a book or a course that keeps and grades a reader's work.

use leptos::prelude::*;

use crate::app::services::parent_window::{self, ANYBODY};
use crate::protocol::embed::EmbedEvent;
use crate::protocol::splice::{get_state, read_kept, tell};
use crate::run::Told;

/// Handle to what it was told. Does nothing unless the link asks for it.
#[derive(Clone, Copy)]
pub struct Splice {
    is_on: bool,
    best_score: StoredValue<f64>,
}

impl Splice {
    /// Nothing was told yet.
    pub fn new(is_on: bool) -> Self {
        Self { is_on, best_score: StoredValue::new(0.0) }
    }

    /// Asks the page around for what it kept. `take_link` gets the link in it.
    pub fn start(self, take_link: impl Fn(String) + 'static) {
        if !self.is_on {
            return;
        }
        let id = parent_window::message_id();
        let asked = id.clone();
        let is_answered = StoredValue::new(false);
        parent_window::listen(move |text, _| {
            // Once: what the reader has changed since is not taken back.
            if is_answered.get_value() {
                return;
            }
            if let Some(kept) = read_kept(text, &asked) {
                is_answered.set_value(true);
                self.best_score.update_value(|best| *best = best.max(kept.score));
                take_link(kept.link);
            }
        });
        parent_window::say(&get_state(&id), ANYBODY, None);
    }

    /// Something happened.
    pub fn tell(self, event: &EmbedEvent, now: &Told) {
        if !self.is_on {
            return;
        }
        let mut id = parent_window::message_id;
        let mut best = self.best_score.get_value();
        let messages = tell(event, now.link(), &mut best, now.metrics(), &mut id);
        self.best_score.set_value(best);
        messages.iter().for_each(|message| parent_window::say(message, ANYBODY, None));
    }
}
