//! What Play needs, fetched before it is pressed.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::join_all;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::context::{use_dataset, use_device, use_experiment, use_run, use_view};
use crate::app::services::prefetch::prefetch;
use crate::app::services::{capabilities, page_update, worker_scripts};
use crate::dataset::IMPORTED;
use crate::run::Run;

/// The page itself has its files by then, and has drawn the network.
const SETTLED: Duration = Duration::from_secs(2);

/// Fetches the likely trainer and the first images: once the page has settled, or Play `is_near`. Then all other files may come,
/// behind the first step of a run.
///
/// An embed waits until Play is near, since an article has several. A visitor who saves data gets nothing before it is needed.
pub fn prefetch_when(is_near: Signal<bool>) {
    if capabilities::saves_data() {
        return;
    }
    let has_settled = RwSignal::new(false);
    if !use_view().is_embedded() {
        set_timeout(move || has_settled.set(true), SETTLED);
    }
    let files = likely_files();
    let fetched = StoredValue::new(BTreeSet::new());
    let is_there = RwSignal::new(false);
    Effect::new(move |_| {
        if !is_near.get() && !has_settled.get() {
            return;
        }
        let is_new = |file: &String| fetched.try_update_value(|fetched| fetched.insert(file.clone())) == Some(true);
        let new: Vec<String> = files.get().into_iter().filter(is_new).collect();
        spawn_local(async move {
            join_all(new.iter().map(|file| prefetch(file))).await;
            is_there.try_set(true);
        });
    });
    let run = use_run();
    let awaits_step = Memo::new(move |_| run.is_playing() && run.of_run(Run::steps_done).unwrap_or(0) == 0);
    Effect::new(move |_| {
        if is_there.get() && !awaits_step.get() {
            page_update::keep_page();
        }
    });
}

/// Files of the trainer that Play would start now, and of the images that it would begin with.
fn likely_files() -> Memo<Vec<String>> {
    let (device, experiment, dataset) = (use_device(), use_experiment(), use_dataset());
    Memo::new(move |_| {
        let trainer = device.trainer(experiment.device().get()).map(|(kind, _)| worker_scripts::files_of(kind)).unwrap_or_default();
        // Imported images are in the browser's storage already.
        let source = dataset.source().filter(|source| !source.url.contains(IMPORTED));
        let images = source.and_then(|source| Some(format!("{}{}", source.url, source.manifest.train.first()?.file)));
        trainer.into_iter().chain(images).collect()
    })
}
