//! Looks for the experiment's data set, and fits the experiment to what it holds.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::dataset::ClassChoice;
use crate::experiment::validation::{available, fit_images, fit_images_of_link, leave_missing_images};
use crate::language::tr;

use super::{Dataset, DatasetContext, ExperimentContext, Notices};
use crate::app::services::dataset_source::{self, Found, NotFound};

impl DatasetContext {
    /// Takes another data set; an empty name means the best that comes with the page. Classes chosen before mean nothing in it.
    pub fn choose(self, name: &str, experiment: ExperimentContext, notices: Notices) {
        let before = self.set_name(name, experiment);
        self.load(experiment, notices, Some(before));
    }

    /// The same, until it is there. Whether it is.
    pub async fn choose_now(self, name: &str, experiment: ExperimentContext, notices: Notices) -> bool {
        let before = self.set_name(name, experiment);
        self.load_now(experiment, notices, Some(before)).await
    }

    /// Names another data set; the training and held-out images that there were in the one before.
    fn set_name(self, name: &str, experiment: ExperimentContext) -> [usize; 2] {
        let before = self.source_untracked().map(|source| available(&source.manifest, &experiment.get_untracked().classes));
        experiment.update(|experiment| {
            experiment.data = name.into();
            experiment.classes = ClassChoice::default();
        });
        before.unwrap_or_default()
    }

    /// Looks for the experiment's data set. `images_before` are the training and held-out images there were, if another one
    /// was chosen since.
    pub fn load(self, experiment: ExperimentContext, notices: Notices, images_before: Option<[usize; 2]>) {
        spawn_local(async move {
            self.load_now(experiment, notices, images_before).await;
        });
    }

    /// Looks for it. Whether the experiment's own was found, rather than another in its place. What is found once another was asked for
    /// changes nothing.
    pub async fn load_now(self, experiment: ExperimentContext, notices: Notices, images_before: Option<[usize; 2]>) -> bool {
        self.asked.update_value(|asked| *asked += 1);
        let this = self.asked.get_value();
        let is_outdated = move || self.asked.get_value() != this;
        self.dataset.set(Dataset::Loading);
        let asked = experiment.get_untracked().data;
        let mut found = dataset_source::find(&asked).await;
        if is_outdated() {
            return false;
        }
        let mut is_own = true;
        if let Err(NotFound::NotKept(sentences)) = found {
            is_own = false;
            notices.push(sentences);
            experiment.update(leave_missing_images);
            found = dataset_source::find("").await;
            if is_outdated() {
                return false;
            }
        }
        match found {
            Ok(Found { id, source }) => {
                let mut sentences = Vec::new();
                experiment.update(|experiment| {
                    experiment.data = id;
                    sentences = experiment.fit_to(source.manifest.classes.len());
                    match images_before {
                        Some(before) => fit_images(experiment, before, &source.manifest),
                        None => sentences.extend(fit_images_of_link(experiment, &source.manifest)),
                    }
                });
                notices.extend(sentences);
                self.dataset.set(Dataset::Loaded(Arc::new(source)));
                is_own
            }
            // Of those that come with the page each is where it was, or not at all.
            Err(NotFound::Unreachable(reason) | NotFound::NotKept(reason)) => {
                self.dataset.set(Dataset::Missing(tr!("The data set could not be fetched: {reason}.", reason)));
                false
            }
        }
    }
}
