//! One-click experiments: each has a trainer of its own and leaves the run alone.

use leptos::prelude::*;

use crate::experiment::weight_init::StartingPoint;
use crate::language::text;
use crate::run::StudyRun;
use crate::studies::Question;

use crate::run::{RunPlan, TrainerEffect};

use super::{DatasetContext, DeviceContext, ExperimentContext};
use crate::app::services::TrainerDriver;

/// Handle to the experiment under way, or to the last one.
#[derive(Clone, Copy)]
pub struct StudyController {
    driver: TrainerDriver<Option<StudyRun>>,
    experiment: ExperimentContext,
    dataset: DatasetContext,
    device: DeviceContext,
}

impl StudyController {
    /// None was asked yet.
    pub fn new(
        driver: TrainerDriver<Option<StudyRun>>,
        experiment: ExperimentContext,
        dataset: DatasetContext,
        device: DeviceContext,
    ) -> Self {
        Self { driver, experiment, dataset, device }
    }

    /// What is known of the last question. Tracks.
    pub fn state(self) -> ReadSignal<Option<StudyRun>> {
        self.driver.state().read_only()
    }

    /// Whether one is under way. Tracks.
    pub fn is_running(self) -> bool {
        self.driver.state().with(|state| state.as_ref().is_some_and(|under_way| !under_way.is_over()))
    }

    /// Whether a question can be asked now. Tracks.
    pub fn can_ask(self) -> bool {
        let ready = self.experiment.problems().with(Vec::is_empty) && self.dataset.source().is_some();
        ready && !self.is_running() && !self.device.is_pending()
    }

    /// Trains the networks that answer a question.
    pub fn ask(self, question: Question) {
        if untrack(|| !self.can_ask()) {
            return;
        }
        let experiment = self.experiment.get_untracked();
        let trainer = untrack(|| self.device.trainer(experiment.device));
        let (Some(source), Some((trainer, _))) = (self.dataset.source_untracked(), trainer) else { return };
        let plan = RunPlan::new(experiment, &source, StartingPoint::Fresh);
        self.driver.change(|state| {
            *state = Some(StudyRun::new(question, plan.request));
            vec![TrainerEffect::Start(trainer)]
        });
    }

    /// Stops the one under way; what was measured stays.
    pub fn stop(self) {
        self.driver.change(|state| {
            if let Some(under_way) = state.as_mut().filter(|under_way| !under_way.is_over()) {
                under_way.end(text!("Stopped before its end: the charts show what was measured until then.").into());
            }
            vec![TrainerEffect::Stop]
        });
    }
}
