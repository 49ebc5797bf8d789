//! What the page around is told.

use leptos::prelude::*;

use crate::app::context::Dataset;
use crate::language::text;
use crate::protocol::embed::{EmbedEvent, Version};
use crate::run::Told;

use super::{Controllers, EmbedController};

impl EmbedController {
    /// There is a new port: what a page around needs to know first.
    pub(super) fn greet(self) {
        let link = untrack(|| self.link());
        self.port.say(&EmbedEvent::Ready { version: Version, link, build: env!("CARGO_PKG_VERSION").into() });
        if let Some(told) = self.told.get_value() {
            self.port.say(&EmbedEvent::State(Box::new(told.metrics().clone())));
        }
        if let Some(height) = self.height.get_value() {
            self.port.say(&EmbedEvent::Resize { height });
        }
        self.tell_missing_images(untrack(|| self.with.dataset.get()));
    }

    fn tell_missing_images(self, dataset: Dataset) {
        if let Dataset::Missing(message) = dataset {
            let remedy = Some(text!("Check the connection, then load the frame again.").to_owned());
            self.port.say(&EmbedEvent::Error { message, remedy });
        }
    }

    /// Tells what changes from now on: at most ten times a second, as often as the state of the run does.
    pub(super) fn tell_news(self) {
        let Controllers { run, experiment, dataset, .. } = self.with;
        Effect::new(move |_| {
            let (link, controls) = (self.link(), experiment.get());
            let now = run.state().with(|state| Told::of(state, &controls, self.goal(state), link));
            let news = self.told.get_value().map(|before| run.state().with_untracked(|state| now.news_since(&before, state)));
            for event in news.unwrap_or_default() {
                self.port.say(&event);
                self.splice.tell(&event, &now);
            }
            self.told.set_value(Some(now));
        });
        Effect::new(move |_| self.tell_missing_images(dataset.get()));
    }
}
