//! What the page does by itself: look for the data set and the GPU, keep the address true.

use std::sync::Arc;

use wasm_bindgen_futures::spawn_local;

use crate::dataset::{ClassChoice, STARTER};
use crate::experiment::permalink;
use crate::experiment::validation::{available, fit_images};
use crate::ui::follow::follow;
use crate::ui::signals::untrack;
use crate::ui::{address, dataset_source, device_probe, parts};

use super::{Command, Dataset, Session, all_problems, judged, kept_runs};

impl Session {
    pub(super) fn start_up(self) {
        self.load_dataset();
        spawn_local(async move { self.gpu.set(device_probe::probe().await) });
        if kept_runs::are_there() {
            parts::run(Command::BeThere);
        }
    }

    /// What it does by itself once the page is shown.
    pub fn start_shown_part(self) {
        self.judge.set(Some(judged));
        follow(move || self.keep_address());
    }

    /// What it does by itself once it can train.
    pub fn start_run_part(self) {
        self.keep_runs();
        self.watch_visibility();
        follow(move || self.launch_when_device_is_known());
    }

    /// Looks for the data set (again).
    pub fn load_dataset(self) {
        self.look_for_dataset(None, false);
    }

    /// Takes another data set; an empty name means the best that the page has. Classes chosen before mean nothing in it.
    pub fn choose_data_set(self, name: &str) {
        let before = untrack(|| {
            let classes = self.experiment.with(|experiment| experiment.classes.clone());
            self.dataset.with(|dataset| dataset.source().map(|source| available(&source.manifest, &classes)))
        });
        self.experiment.update(|experiment| {
            experiment.data = name.into();
            experiment.classes = ClassChoice::default();
        });
        self.look_for_dataset(Some(before.unwrap_or_default()), false);
    }

    /// `before` are the images there were, if another data set was chosen since. What the browser kept of a run goes on once
    /// its images are there, if it is wanted.
    pub(super) fn look_for_dataset(self, before: Option<[usize; 2]>, goes_on: bool) {
        self.dataset.set(Dataset::Loading);
        spawn_local(async move {
            let name = self.experiment.with_untracked(|experiment| experiment.data.clone());
            let mut found = dataset_source::find(&name).await;
            let is_imported = !name.is_empty() && name != STARTER;
            let is_missing = is_imported && found.is_err();
            if is_missing {
                self.notices.update(|notices| notices.push(missing(&name)));
                self.experiment.update(|experiment| experiment.data.clear());
                found = dataset_source::find("").await;
            }
            let source = match found {
                Ok(source) => source,
                Err(reason) => return self.dataset.set(Dataset::Missing(format!("The data set could not be loaded: {reason}."))),
            };
            let mut notices = Vec::new();
            self.experiment.update(|experiment| {
                notices = experiment.fit_to(source.manifest.classes.len());
                if let Some(before) = before {
                    fit_images(experiment, before, &source.manifest);
                }
            });
            if !notices.is_empty() {
                self.notices.update(|all| all.extend(notices));
            }
            self.dataset.set(Dataset::Loaded(Arc::new(source)));
            // Other images than its own would make it another run.
            if goes_on && !is_missing {
                parts::run(Command::GoOnWithKept);
            }
        });
    }

    /// The query that gives this experiment back.
    pub fn query(self) -> String {
        self.experiment.with(|experiment| self.view.with(|view| permalink::write(experiment, view)))
    }

    fn keep_address(self) {
        let query = self.experiment.with(|experiment| self.view.with(|view| permalink::address(experiment, view)));
        // Settings that cannot be trained make no link; the last good one stays. What is only too large for this device does.
        if all_problems(self.experiment, self.dataset, self.unreadable).is_empty() {
            address::replace_query(&query);
        }
    }
}

fn missing(name: &str) -> String {
    format!("The data set “{name}” is not in this browser: import it under Images. Until then the page's own images are used.")
}
