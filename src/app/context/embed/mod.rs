//! A playground in the frame of another page: what that page asks for, what it is told, and when workers are given up.
//!
//! ```text
//! page around ── HostPort ──► commands ──► RunController, ExperimentContext …
//!      ▲                                              │
//!      └──────────── events ◄──── state of the run ◄──┘
//! ```

mod commands;
mod events;
mod giving_up;
mod splice;

use std::num::NonZeroU32;

use leptos::prelude::*;

use crate::experiment::Experiment;
use crate::experiment::permalink;
use crate::protocol::embed::{EmbedEvent, GoalMetrics, Share};
use crate::protocol::splice::frame_resize;
use crate::run::{RunState, Told, Wanted};

use super::{DatasetContext, ExperimentContext, MeasurementController, Notices, RunController, StudyController, ViewContext};
use crate::app::services::{HostPort, TasksClient, location, parent_window};

use splice::Splice;

/// What the page around may use.
#[derive(Clone, Copy)]
pub struct Controllers {
    pub run: RunController,
    pub experiment: ExperimentContext,
    pub dataset: DatasetContext,
    pub notices: Notices,
    pub view: ViewContext,
    pub studies: StudyController,
    pub measurement: MeasurementController,
    pub tasks: TasksClient,
}

/// Handle to the embed.
#[derive(Clone, Copy)]
pub struct EmbedController {
    with: Controllers,
    port: HostPort,
    splice: Splice,
    told: StoredValue<Option<Told>>,
    /// What was asked for before there were images.
    wish: RwSignal<Option<Wanted>>,
    /// Commands that wait for a checkpoint.
    waiting: StoredValue<Vec<WaitingForState>>,
    /// Whether the trainer is ended once it has written one.
    parks_soon: StoredValue<bool>,
    height: StoredValue<Option<NonZeroU32>>,
    /// Counts what changes the run or the experiment, so that what took its time knows whether it is still wanted.
    changes: StoredValue<u32>,
}

/// A command that is answered with the state of the run.
#[derive(Debug, Clone, Copy)]
struct WaitingForState {
    id: u64,
    parks: bool,
}

impl EmbedController {
    /// Nobody is heard yet.
    pub fn new(with: Controllers) -> Self {
        Self {
            with,
            port: HostPort::new(),
            splice: Splice::new(with.view.options_untracked().splice),
            told: StoredValue::new(None),
            wish: RwSignal::new(None),
            waiting: StoredValue::new(Vec::new()),
            parks_soon: StoredValue::new(false),
            height: StoredValue::new(None),
            changes: StoredValue::new(0),
        }
    }

    /// Hears the page around, tells it what happens, and gives up what is not needed.
    pub fn start(self) {
        self.follow_wish();
        self.follow_checkpoints();
        self.tell_news();
        self.give_up_when_out_of_sight();
        self.remember_epochs();
        self.splice.start(move |link| {
            self.take_link(&link);
        });
        self.port.listen(Callback::new(move |()| self.greet()), Callback::new(move |call| self.follow(call)));
    }

    /// The height in which everything can be seen has changed.
    pub fn tell_height(self, height: NonZeroU32) {
        if self.height.get_value() == Some(height) {
            return;
        }
        self.height.set_value(Some(height));
        parent_window::say(&frame_resize(&parent_window::message_id(), height.get()), parent_window::ANYBODY, None);
        self.port.say(&EmbedEvent::Resize { height });
    }

    /// How far the author's goal is. Tracks.
    fn goal(self, state: &RunState) -> Option<GoalMetrics> {
        let goal = self.with.view.from_author.with(|author| author.goal)?;
        let progress = state.run().map(|run| run.goal_progress(&goal));
        let (reached, score) = progress.map_or((None, 0.0), |progress| (progress.reached, progress.score));
        Share::new(score).map(|score| GoalMetrics { text: goal.to_string(), reached, score })
    }

    /// The canonical query of the experiment, with what its author gives beside it. Tracks.
    fn link(self) -> String {
        let Controllers { experiment, view, .. } = self.with;
        view.from_author.with(|author| permalink::write_with(&experiment.get(), &view.options().of_whole_page(), author))
    }

    /// Takes the experiment of a link. A run of another one is ended.
    fn take_link(self, link: &str) -> Vec<String> {
        let query = permalink::query_of(link).unwrap_or_else(|| link.to_owned());
        let read = permalink::read(&query);
        self.with.view.from_author.set(read.from_author);
        self.take_experiment(read.experiment);
        read.notices
    }

    /// Takes an experiment and looks for its images.
    fn take_experiment(self, experiment: Experiment) {
        let Controllers { run, experiment: context, dataset, notices, .. } = self.with;
        let has_other_images = context.get_untracked().data != experiment.data;
        if run.state().with_untracked(|state| state.needs_restart(&experiment)) {
            run.reset();
        }
        context.open(experiment);
        if has_other_images {
            dataset.load(context, notices, None);
        }
    }

    /// Address of the whole page with the experiment. Tracks.
    pub fn whole_page(self) -> String {
        location::link(&self.link())
    }
}
