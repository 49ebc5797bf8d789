//! What the page does by itself: look for the data set and the GPU, keep the address true.

use std::sync::Arc;

use wasm_bindgen_futures::spawn_local;

use crate::permalink;
use crate::run_state::Activity;
use crate::ui::follow::follow;
use crate::ui::{address, dataset_source, device_probe};

use super::{Dataset, Session};

impl Session {
    pub(super) fn start_up(self) {
        self.keep_runs();
        self.load_dataset();
        spawn_local(async move { self.gpu.set(device_probe::probe().await) });
        follow(move || self.launch_when_device_is_known());
        follow(move || self.keep_address());
    }

    /// Looks for the data set (again).
    pub fn load_dataset(self) {
        self.dataset.set(Dataset::Loading);
        spawn_local(async move {
            match dataset_source::find().await {
                Ok(source) => {
                    let mut notices = Vec::new();
                    self.experiment.update(|experiment| notices = experiment.fit_to(source.manifest.classes.len()));
                    if !notices.is_empty() {
                        self.notices.update(|all| all.extend(notices));
                    }
                    self.dataset.set(Dataset::Loaded(Arc::new(source)));
                }
                Err(reason) => self.dataset.set(Dataset::Missing(format!("The data set could not be loaded: {reason}."))),
            }
        });
    }

    /// The query that gives this experiment back.
    pub fn query(self) -> String {
        self.experiment.with(|experiment| self.view.with(|view| permalink::write(experiment, view)))
    }

    fn launch_when_device_is_known(self) {
        self.gpu.track();
        if self.run.with_untracked(|state| state.run().is_some_and(|run| run.activity == Activity::ChoosingDevice)) {
            self.launch();
        }
    }

    fn keep_address(self) {
        let query = self.query();
        // Settings that cannot be trained make no link; the last good one stays.
        if self.problems.with(Vec::is_empty) {
            address::replace_query(&query);
        }
    }
}
