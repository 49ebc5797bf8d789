//! What every component may use. Each context is a `Copy` handle to signals; `use_…` fetches it.

mod dataset;
mod dataset_library;
mod dataset_loading;
mod device;
mod drops;
mod embed;
mod evaluation;
mod experiment;
mod feature_maps;
mod imported_results;
mod kept_runs;
mod leaving;
mod lessons;
mod measurement;
mod notices;
mod run;
mod saved_files;
mod saved_runs;
mod starting_file;
mod studies;
mod tab_visibility;
mod tour;
mod view;
mod workstation;

use leptos::prelude::*;

use crate::experiment::permalink;

use super::services::{TasksClient, TrainerDriver, location};

pub use dataset::{Dataset, DatasetContext};
pub use dataset_library::DatasetLibrary;
pub use device::DeviceContext;
pub use drops::DropController;
pub use embed::EmbedController;
pub use evaluation::{EvaluationController, OpenCell};
pub use experiment::ExperimentContext;
pub use feature_maps::FeatureMapsController;
pub use imported_results::ImportedResults;
pub use lessons::LessonsContext;
pub use measurement::MeasurementController;
pub use notices::Notices;
pub use run::{MORE_EPOCHS, RunController};
pub use saved_files::{SavedFiles, use_saved_files};
pub use saved_runs::SavedRunsContext;
pub use starting_file::{StartingFile, Use, WeightsFile};
pub use studies::StudyController;
pub use tour::{STOPS, Stop, TourController};
pub use view::{Tab, ViewContext};
pub use workstation::{Reached, WorkstationContext};

/// Reads the address and provides every context. Called once, by the page.
pub fn provide_contexts() {
    let link = permalink::read(&location::query());
    let notices = Notices::new(&link.notices);
    let view = ViewContext::new(link.view, link.from_author);
    let tour = TourController::new();
    let device = DeviceContext::new();
    let dataset = DatasetContext::new();
    let experiment = ExperimentContext::new(link.experiment, dataset, device);
    let tasks = TasksClient::new();
    let no_gpu = Callback::new(move |reason: String| device.no_gpu(&reason));
    let saved = SavedRunsContext::new(notices);
    let program = device.workstation().signal();
    let of_run = TrainerDriver::new(Default::default(), tasks, program, no_gpu);
    let run = RunController::new(of_run, experiment, dataset, device, notices, saved);
    let studies = StudyController::new(TrainerDriver::new(None, tasks, program, no_gpu), experiment, dataset, device);
    let of_measurement = TrainerDriver::new(Default::default(), tasks, program, no_gpu);
    let measurement = MeasurementController::new(of_measurement, experiment, device, run);
    let feature_maps = FeatureMapsController::new(run);
    let evaluation = EvaluationController::new(run, tasks);
    let lessons = LessonsContext::new(experiment, dataset, notices, run, studies, view);
    let library = DatasetLibrary::new(dataset, experiment, notices, tasks);
    let imported = ImportedResults::new();
    let drops = DropController::new(drops::Places { experiment, dataset, feature_maps, library, imported, lessons }, run, notices, view);
    provide_context(drops);
    provide_context(notices);
    provide_context(view);
    provide_context(tour);
    provide_context(device);
    provide_context(dataset);
    provide_context(experiment);
    provide_context(tasks);
    provide_context(saved);
    provide_context(run);
    provide_context(studies);
    provide_context(measurement);
    provide_context(feature_maps);
    provide_context(evaluation);
    provide_context(library);
    provide_context(imported);
    provide_context(lessons);
    device.probe();
    if !view.is_embedded() {
        // Before its images are looked for: a step has an experiment of its own.
        lessons.start();
    }
    dataset.load(experiment, notices, None);
    if view.is_embedded() {
        let embed = EmbedController::new(embed::Controllers { run, experiment, dataset, notices, view, studies, measurement, tasks });
        provide_context(embed);
        embed.start();
    } else {
        kept_runs::keep_runs(run, notices);
        saved.start();
        leaving::watch(run);
    }
    tab_visibility::watch(run, notices);
    run.start(view.is_embedded());
    measurement.start(view.is_embedded());
    feature_maps.start();
    evaluation.start();
    if !view.is_embedded() {
        drops.start();
    }
    experiment.keep_address(view);
    if link.tour && !view.is_embedded() {
        tour.start();
    }
}

/// The page around. Only an embed has it.
pub fn use_embed() -> EmbedController {
    expect_context()
}

/// Sentences that stand under the bar until they are dismissed.
pub fn use_notices() -> Notices {
    expect_context()
}

/// How the page shows itself: open tab, colours, embed.
pub fn use_view() -> ViewContext {
    expect_context()
}

/// The first tour of the page.
pub fn use_tour() -> TourController {
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

/// The runs that this browser has saved.
pub fn use_saved_runs() -> SavedRunsContext {
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

/// What the network makes of one image.
pub fn use_feature_maps() -> FeatureMapsController {
    expect_context()
}

/// The evaluation of the run's network on all test images.
pub fn use_evaluation() -> EvaluationController {
    expect_context()
}

/// The data sets there are to choose from.
pub fn use_dataset_library() -> DatasetLibrary {
    expect_context()
}

/// Results of sweeps that were imported.
pub fn use_imported_results() -> ImportedResults {
    expect_context()
}

/// The course beside the tool.
pub fn use_lessons() -> LessonsContext {
    expect_context()
}

/// What is dropped or pasted, wherever on the page.
pub fn use_drops() -> DropController {
    expect_context()
}
