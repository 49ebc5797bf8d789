//! Runs as files that the worker for tasks writes: a notebook, a report.

use leptos::prelude::*;

use crate::app::services::download::save_file;
use crate::app::services::location;
use crate::export::Framework;
use crate::export::report::ReportRequest;
use crate::language::{text, tr};
use crate::protocol::tasks::{TaskAnswer, TaskRequest};

use super::{use_dataset, use_run, use_tasks};

/// Handle to the writing of such files. What came of the last one is a sentence.
#[derive(Clone, Copy)]
pub struct SavedFiles {
    run: super::RunController,
    dataset: super::DatasetContext,
    tasks: super::TasksClient,
    said: RwSignal<String>,
}

/// A handle of one's own, with a sentence of its own.
pub fn use_saved_files() -> SavedFiles {
    SavedFiles { run: use_run(), dataset: use_dataset(), tasks: use_tasks(), said: RwSignal::new(String::new()) }
}

impl SavedFiles {
    /// What came of the last file; empty before.
    pub fn said(self) -> RwSignal<String> {
        self.said
    }

    /// Saves a run as a notebook. Nothing happens where there is no such run.
    pub fn save_notebook(self, id: u64, framework: Framework) {
        let source = self.dataset.source_untracked();
        let manifest = source.as_ref().map(|source| &source.manifest);
        let request = self.run.state().with_untracked(|state| state.notebook(id, framework, manifest, &location::link("")));
        if let Some(request) = request {
            self.save(TaskRequest::WriteNotebook(Box::new(request)), text!("The notebook is saved."));
        }
    }

    /// Saves a report.
    pub fn save_report(self, request: ReportRequest) {
        self.save(TaskRequest::WriteReport(Box::new(request)), text!("The report is saved. Open it, or print it as a PDF."));
    }

    fn save(self, request: TaskRequest, done: &'static str) {
        self.said.set(text!("Writing…").into());
        self.tasks.ask(request, &[], move |answer| match answer {
            TaskAnswer::File { name, bytes } => {
                save_file(&name, &bytes);
                self.said.set(done.into());
            }
            TaskAnswer::Refused { sentence } => self.said.set(tr!("Nothing was saved: {sentence}.", sentence)),
            _ => {}
        });
    }
}
