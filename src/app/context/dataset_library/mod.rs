//! The data sets that there are to choose from, and the making of new ones.

mod import_form;
mod to_purge;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use crate::app::services::chosen_files::ChosenFile;
use crate::app::services::{TasksClient, dataset_source};
use crate::dataset::snapshots::Snapshots;
use crate::dataset::{IMAGE_EDGE, KeptDataset, STARTER, ShardCompression, encode_png};
use crate::language::{text, tr};
use crate::protocol::tasks::{ImportProgress, TaskAnswer, TaskRequest};

use super::{DatasetContext, ExperimentContext, Notices};

pub use import_form::ImportForm;

/// A data set that was deleted and can be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedDataset {
    /// Its names.
    pub dataset: KeptDataset,
    manifest: Vec<u8>,
}

/// Handle to the data sets. What is under way goes on while other tabs are open.
#[derive(Clone, Copy)]
pub struct DatasetLibrary {
    dataset: DatasetContext,
    experiment: ExperimentContext,
    notices: Notices,
    tasks: TasksClient,
    of_page: RwSignal<Vec<String>>,
    imported: RwSignal<Vec<KeptDataset>>,
    deleted: RwSignal<Option<DeletedDataset>>,
    note: RwSignal<String>,
    progress: RwSignal<Option<ImportProgress>>,
    form: ImportForm,
    /// Files of an import that came to nothing, but may come to something if their names give the classes.
    named_files: RwSignal<Vec<ChosenFile>, LocalStorage>,
    snapshots: RwSignal<Snapshots<Arc<Vec<u8>>>>,
}

impl DatasetLibrary {
    /// Nothing was asked yet.
    pub fn new(dataset: DatasetContext, experiment: ExperimentContext, notices: Notices, tasks: TasksClient) -> Self {
        Self {
            dataset,
            experiment,
            notices,
            tasks,
            of_page: RwSignal::new(vec![STARTER.to_owned()]),
            imported: RwSignal::new(Vec::new()),
            deleted: RwSignal::new(None),
            note: RwSignal::new(String::new()),
            progress: RwSignal::new(None),
            form: ImportForm::new(),
            named_files: RwSignal::new_local(Vec::new()),
            snapshots: RwSignal::new(Snapshots::default()),
        }
    }

    /// Asks which data sets there are, and frees the room of those that were deleted on an earlier visit.
    pub fn list(self) {
        spawn_local(async move {
            // A page that cannot tell has said so where the data set should be.
            if let Ok(names) = dataset_source::of_page().await {
                self.of_page.set(names);
            }
        });
        let deleted = self.deleted.get_untracked().map(|deleted| deleted.dataset.id);
        let gone = to_purge::names().into_iter().filter(|name| Some(name) != deleted.as_ref());
        gone.for_each(|name| self.purge(name));
        self.tasks.ask(TaskRequest::ListDatasets { removed: deleted.into_iter().collect() }, &[], move |answer| {
            if let TaskAnswer::Datasets(datasets) = answer {
                self.imported.set(datasets);
            }
        });
    }

    /// Names of the data sets that come with the page, largest first. Tracks.
    pub fn of_page(self) -> Vec<String> {
        self.of_page.get()
    }

    /// The imported data sets. Tracks.
    pub fn imported(self) -> Vec<KeptDataset> {
        self.imported.get()
    }

    /// The data set that was deleted last and can be restored. Tracks.
    pub fn deleted(self) -> Option<DeletedDataset> {
        self.deleted.get()
    }

    /// What came of the last import or deletion.
    pub fn note(self) -> RwSignal<String> {
        self.note
    }

    /// How far the import under way is.
    pub fn progress(self) -> RwSignal<Option<ImportProgress>> {
        self.progress
    }

    /// The form for an import.
    pub fn form(self) -> ImportForm {
        self.form
    }

    /// Whether the files of the last import are held, and can be read again with classes from their names. Tracks.
    pub fn has_classes_in_names(self) -> bool {
        self.named_files.with(|files| !files.is_empty())
    }

    /// Reads the files of the last import again and takes the classes from their names.
    pub fn import_by_names(self) {
        self.form.classes_from_names.set(true);
        self.import(self.named_files.get_untracked());
    }

    /// Pictures taken with the camera: `[32, 32, 3]`, one byte a channel.
    pub fn snapshots(self) -> RwSignal<Snapshots<Arc<Vec<u8>>>> {
        self.snapshots
    }

    /// Chooses another data set by its name in a link.
    pub fn choose(self, name: &str) {
        self.dataset.choose(name, self.experiment, self.notices);
    }

    /// Makes a data set of files and chooses it. The data set there is stays as it is when that fails.
    pub fn import(self, files: Vec<ChosenFile>) {
        if files.is_empty() {
            return;
        }
        let choices = match self.form.choices() {
            Ok(choices) => choices,
            Err(reason) => return self.note.set(tr!("Nothing was imported: {reason}.", reason)),
        };
        // The room of what was deleted may be needed.
        if let Some(deleted) = self.deleted.get_untracked() {
            self.deleted.set(None);
            self.purge(deleted.dataset.id);
        }
        self.named_files.set(Vec::new());
        self.note.set(text!("Importing…").into());
        self.progress.set(Some(ImportProgress::Reading { images: 0, share: 0.0 }));
        let (paths, contents): (Vec<String>, Vec<JsValue>) =
            files.iter().map(|chosen| (chosen.path.clone(), chosen.file.clone().into())).unzip();
        self.tasks.ask(TaskRequest::Import { choices, paths }, &contents, move |answer| match answer {
            TaskAnswer::Importing(progress) => self.progress.set(Some(progress)),
            TaskAnswer::Imported { summary, id, is_new } => {
                self.progress.set(None);
                self.note.set(if is_new { summary.sentences() } else { summary.here_already() });
                self.list();
                self.choose(&id);
            }
            TaskAnswer::ClassesInNames { sentence } => {
                self.progress.set(None);
                self.note.set(tr!("Nothing was imported: {reason}.", reason = sentence));
                self.named_files.set(files.clone());
            }
            TaskAnswer::Refused { sentence } => {
                self.progress.set(None);
                self.note.set(tr!("Nothing was imported: {reason}.", reason = sentence));
            }
            _ => {}
        });
    }

    /// Makes a data set of the pictures taken with the camera. They are kept, so that more can be added and it can be made again.
    pub fn import_snapshots(self, name: &str) {
        let picture = |(path, pixels): (String, &Arc<Vec<u8>>)| {
            // They are of the right size, and a browser makes files of whatever bytes.
            let png = encode_png(IMAGE_EDGE, IMAGE_EDGE, pixels, ShardCompression::Quick).ok()?;
            ChosenFile::new(&path, &png).ok()
        };
        let files = self.snapshots.with_untracked(|snapshots| snapshots.files(name).filter_map(picture).collect());
        self.import(files);
    }

    /// Deletes the chosen data set, if it was imported. [`Self::restore`] brings it back.
    pub fn delete(self) {
        let id = self.experiment.get_untracked().data;
        let Some(dataset) = self.imported.get_untracked().into_iter().find(|dataset| dataset.id == id) else { return };
        if let Some(deleted) = self.deleted.get_untracked() {
            self.purge(deleted.dataset.id);
        }
        self.tasks.ask(TaskRequest::DeleteDataset { name: id }, &[], move |answer| match answer {
            TaskAnswer::Deleted { name, manifest } => {
                self.note.set(tr!("{name} is deleted.", name = dataset.name));
                self.imported.update(|datasets| datasets.retain(|other| other.id != name));
                to_purge::change(|names| names.push(name));
                self.deleted.set(Some(DeletedDataset { dataset: dataset.clone(), manifest }));
                self.choose("");
            }
            TaskAnswer::Refused { sentence } => self.note.set(tr!("The data set could not be deleted: {sentence}.", sentence)),
            _ => {}
        });
    }

    /// Brings back the data set that was deleted last, and chooses it.
    pub fn restore(self) {
        let Some(DeletedDataset { dataset, manifest }) = self.deleted.get_untracked() else { return };
        self.tasks.ask(TaskRequest::RestoreDataset { name: dataset.id, manifest }, &[], move |answer| match answer {
            TaskAnswer::Restored { name } => {
                to_purge::change(|names| names.retain(|other| *other != name));
                self.deleted.set(None);
                self.note.set(tr!("{name} is back.", name = dataset.name));
                self.list();
                self.choose(&name);
            }
            TaskAnswer::Refused { sentence } => self.note.set(tr!("The data set could not be brought back: {sentence}.", sentence)),
            _ => {}
        });
    }

    fn purge(self, name: String) {
        self.tasks.ask(TaskRequest::PurgeDataset { name }, &[], |answer| {
            if let TaskAnswer::Purged { name } = answer {
                to_purge::change(|names| names.retain(|other| *other != name));
            }
        });
    }
}
