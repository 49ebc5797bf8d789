//! What every component may use. Each context is a `Copy` handle to signals; `use_…` fetches it.

mod dataset;
mod device;
mod experiment;
mod measurement;
mod notices;
mod run;
mod starting_file;
mod studies;
mod view;

use leptos::prelude::*;

use crate::experiment::permalink;

use super::services::{TasksClient, TrainerDriver, location};

pub use dataset::{Dataset, DatasetContext};
pub use device::DeviceContext;
pub use experiment::ExperimentContext;
pub use measurement::MeasurementController;
pub use notices::{Notice, Notices};
pub use run::{MORE_EPOCHS, RunController};
pub use starting_file::{StartingFile, Use};
pub use studies::StudyController;
pub use view::{Tab, ViewContext};

/// Reads the address and provides every context. Called once, by the page.
pub fn provide_contexts() {
    let link = permalink::read(&location::query());
    let notices = Notices::new(link.notices);
    let view = ViewContext::new(link.view);
    let device = DeviceContext::new();
    let dataset = DatasetContext::new();
    let experiment = ExperimentContext::new(link.experiment, dataset, device);
    let tasks = TasksClient::new();
    let run = RunController::new(TrainerDriver::new(Default::default(), device, tasks), experiment, dataset, device, notices);
    let studies = StudyController::new(TrainerDriver::new(None, device, tasks), experiment, dataset, device);
    let measurement = MeasurementController::new(TrainerDriver::new(Default::default(), device, tasks), experiment, device, run);
    provide_context(notices);
    provide_context(view);
    provide_context(device);
    provide_context(dataset);
    provide_context(experiment);
    provide_context(tasks);
    provide_context(run);
    provide_context(studies);
    provide_context(measurement);
    device.probe();
    dataset.load(experiment, notices, None);
    run.start(view.is_embedded());
    measurement.start(view.is_embedded());
    experiment.keep_address(view);
}

/// Sentences that stand under the bar until they are dismissed.
pub fn use_notices() -> Notices {
    expect_context()
}

/// How the page shows itself: open tab, colours, embed.
pub fn use_view() -> ViewContext {
    expect_context()
}

/// What the browser can train on.
pub fn use_device() -> DeviceContext {
    expect_context()
}

/// The images there are.
pub fn use_dataset() -> DatasetContext {
    expect_context()
}

/// The experiment that the controls describe.
pub fn use_experiment() -> ExperimentContext {
    expect_context()
}

/// The run there is, and what can be done with it.
pub fn use_run() -> RunController {
    expect_context()
}

/// Three measured steps, and how long a run takes.
pub fn use_measurement() -> MeasurementController {
    expect_context()
}

/// One-click experiments.
pub fn use_studies() -> StudyController {
    expect_context()
}

/// The worker for imports, exports and reports.
pub fn use_tasks() -> TasksClient {
    expect_context()
}
