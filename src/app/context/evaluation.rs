//! The evaluation of the run's network on all test images.

use std::sync::Arc;

use js_sys::Uint8Array;
use leptos::prelude::*;

use crate::evaluation::{Cell, Evaluation, SeenImage, View};
use crate::language::tr;
use crate::protocol::TrainCommand;
use crate::protocol::tasks::{TaskAnswer, TaskRequest};
use crate::run::{Activity, Run};

use super::RunController;
use crate::app::services::TasksClient;

/// Predictions as the trainer sent them.
type Predictions = Arc<Vec<u8>>;

/// Images of a cell of the confusion matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenCell {
    /// The cell.
    pub cell: Cell,
    /// Its images, at most [`MOST_CELL_IMAGES`](crate::evaluation::MOST_CELL_IMAGES) of them.
    pub images: Arc<Vec<SeenImage>>,
}

/// Handle to the newest evaluation. It stays while other tabs are open, and goes with its run.
#[derive(Clone, Copy)]
pub struct EvaluationController {
    run: RunController,
    tasks: TasksClient,
    /// What is or was evaluated. The run's own predictions go on: others ask for them too.
    evaluated: StoredValue<Option<Predictions>>,
    evaluation: RwSignal<Option<Arc<Evaluation>>>,
    view: RwSignal<View>,
    open_cell: RwSignal<Option<OpenCell>>,
    is_waiting: RwSignal<bool>,
    problem: RwSignal<String>,
}

impl EvaluationController {
    /// Nothing was evaluated yet.
    pub fn new(run: RunController, tasks: TasksClient) -> Self {
        Self {
            run,
            tasks,
            evaluated: StoredValue::new(None),
            evaluation: RwSignal::new(None),
            view: RwSignal::new(View::default()),
            open_cell: RwSignal::new(None),
            is_waiting: RwSignal::new(false),
            problem: RwSignal::new(String::new()),
        }
    }

    /// Follows the predictions of the run: those that were asked for are evaluated.
    pub fn start(self) {
        // The same predictions may come twice: where they lie tells old from new.
        let newest = Memo::new_with_compare(
            move |_| self.predictions(),
            |one: Option<&Option<Predictions>>, other| address(one.and_then(Option::as_ref)) != address(other.and_then(Option::as_ref)),
        );
        Effect::new(move |_| match newest.get() {
            Some(predictions) if self.is_waiting.get_untracked() => self.evaluate(&predictions),
            Some(_) => {}
            None => {
                self.evaluated.set_value(None);
                self.evaluation.set(None);
                self.problem.set(String::new());
            }
        });
        Effect::new(move |_| {
            // The trainer that was asked is gone. Another one, of the same run, was not asked.
            if self.run.of_run(|run| run.device.is_none() || matches!(run.activity, Activity::Failed(_))).unwrap_or(true) {
                self.is_waiting.set(false);
            }
        });
        Effect::new(move |_| {
            self.view.track();
            self.evaluation.track();
            self.open_cell.set(None);
        });
    }

    /// Whether the run's trainer can be asked. Tracks.
    pub fn can_ask(self) -> bool {
        self.run.can_be_asked()
    }

    /// Asks the trainer what its network says of every test image.
    pub fn ask(self) {
        if untrack(|| self.can_ask()) && !self.is_waiting.get_untracked() {
            self.problem.set(String::new());
            self.is_waiting.set(true);
            self.run.ask(TrainCommand::Predict);
        }
    }

    /// The newest evaluation.
    pub fn evaluation(self) -> RwSignal<Option<Arc<Evaluation>>> {
        self.evaluation
    }

    /// Which of the network's answers count.
    pub fn view(self) -> RwSignal<View> {
        self.view
    }

    /// The cell of the confusion matrix whose images are shown.
    pub fn open_cell(self) -> RwSignal<Option<OpenCell>> {
        self.open_cell
    }

    /// Whether an evaluation is under way.
    pub fn is_waiting(self) -> RwSignal<bool> {
        self.is_waiting
    }

    /// Why the last one failed; empty where it did not.
    pub fn problem(self) -> RwSignal<String> {
        self.problem
    }

    /// Names of the classes that take part in the run. Tracks.
    pub fn class_names(self) -> Vec<String> {
        self.run.of_run(Run::class_names).unwrap_or_default()
    }

    /// Shows the images of a cell.
    pub fn show_cell(self, cell: Cell) {
        let Some(predictions) = self.evaluated.get_value() else { return };
        let view = self.view.get_untracked();
        self.tasks.ask(TaskRequest::ShowCell { view, cell }, &attached(&predictions), move |answer| match answer {
            TaskAnswer::CellImages(images) if self.is_evaluated(&predictions) && self.view.get_untracked() == view => {
                self.open_cell.set(Some(OpenCell { cell, images: Arc::new(images) }));
            }
            TaskAnswer::Refused { sentence } => self.problem.set(tr!("The evaluation failed: {sentence}.", sentence)),
            _ => {}
        });
    }

    fn evaluate(self, predictions: &Predictions) {
        let asked = predictions.clone();
        self.evaluated.set_value(Some(asked.clone()));
        self.tasks.ask(TaskRequest::Evaluate, &attached(predictions), move |answer| {
            if !self.is_evaluated(&asked) {
                return;
            }
            match answer {
                TaskAnswer::Evaluation(evaluation) => self.evaluation.set(Some(Arc::from(evaluation))),
                TaskAnswer::Refused { sentence } => self.problem.set(tr!("The evaluation failed: {sentence}.", sentence)),
                _ => return,
            }
            self.is_waiting.set(false);
        });
    }

    /// Predictions of the run, as they came. Tracks.
    fn predictions(self) -> Option<Predictions> {
        self.run.of_run(|run| run.predictions.clone()).flatten()
    }

    fn is_evaluated(self, predictions: &Predictions) -> bool {
        self.evaluated.with_value(|evaluated| address(evaluated.as_ref()) == address(Some(predictions)))
    }
}

fn attached(predictions: &Predictions) -> [wasm_bindgen::JsValue; 1] {
    [Uint8Array::from(predictions.as_slice()).into()]
}

fn address(predictions: Option<&Predictions>) -> usize {
    predictions.map_or(0, |predictions| Arc::as_ptr(predictions) as usize)
}
