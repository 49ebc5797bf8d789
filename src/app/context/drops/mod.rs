//! What is dropped or pasted anywhere on the page, and goes where it belongs.
//!
//! ```text
//! one picture ─────────────────────► Feature maps: the network looks at it
//! one file of weights ─────────────► Start from: the next run starts from it
//! results of sweeps ───────────────► Runs: they are shown beside them
//! archives, folders, more pictures ► Data: they become a data set
//! a link of a page like this one ──► its experiment is opened
//! ```

mod file_kind;
mod hint;
mod transfer;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::file::Blob;
use gloo::file::futures::read_as_bytes;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DataTransfer, Event};

use crate::app::services::chosen_files::{self, ChosenFile};
use crate::app::services::location;
use crate::experiment::permalink::{self, is_link, query_of};
use crate::language::{marked, tr, translated};

use super::{
    DatasetContext, DatasetLibrary, ExperimentContext, FeatureMapsController, ImportedResults, LessonsContext, Notices, RunController, Tab,
    ViewContext,
};
use file_kind::{FileKind, START_BYTES, file_kind};
use hint::hint;
use transfer::{address_in, began_in_page, dragged, is_for_field, of_drag, of_paste};

const NO_LINK: &str = marked!("Drop the file itself: the page fetches nothing from other sites. A link of this page is opened.");
const NOTHING_IN_IT: &str = marked!("No file could be read from what was dropped: choose the files or the folder by a button under Data.");
const UNREADABLE: &str = marked!("The file could not be read: drop it again, or choose it by its button.");
const ONE_AT_A_TIME: &str = marked!("Drop one file of weights at a time: a run starts from one.");
const OPENED: &str = marked!("The settings are those of the link.");
const OPENED_BESIDE_RUN: &str = marked!("The settings are those of the link. The run there is keeps its own until you start a new one.");

/// Where what is dropped goes.
#[derive(Clone, Copy)]
pub struct Places {
    pub experiment: ExperimentContext,
    pub dataset: DatasetContext,
    pub feature_maps: FeatureMapsController,
    pub library: DatasetLibrary,
    pub imported: ImportedResults,
    pub lessons: LessonsContext,
}

/// Handle to what is dropped.
#[derive(Clone, Copy)]
pub struct DropController {
    places: Places,
    run: RunController,
    notices: Notices,
    view: ViewContext,
    hint: RwSignal<Option<&'static str>>,
    /// Whether what is dragged is a piece of this page.
    is_own: StoredValue<bool>,
}

impl DropController {
    /// Nothing is dragged yet.
    pub fn new(places: Places, run: RunController, notices: Notices, view: ViewContext) -> Self {
        let (hint, is_own) = (RwSignal::new(None), StoredValue::new(false));
        Self { places, run, notices, view, hint, is_own }
    }

    /// What will happen to what is dragged over the page. Tracks.
    pub fn hint(self) -> Option<&'static str> {
        self.hint.get()
    }

    /// Listens for as long as there is a page.
    pub fn start(self) {
        let listen = |name: &'static str, heard: fn(Self, &Event)| {
            // Without it the browser would leave the page for what is dropped.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window(), name, options, move |event| heard(self, event)).forget();
        };
        listen("dragstart", |drops, event| drops.is_own.set_value(began_in_page(event)));
        listen("dragover", Self::dragged_over);
        listen("dragleave", |drops, event| {
            if transfer::leaves_page(event) {
                drops.hint.set(None);
            }
        });
        listen("dragend", Self::ended);
        listen("drop", Self::dropped);
        listen("paste", Self::pasted);
        // Somebody wrote another `#…` into the address: no browser loads the page anew for that.
        listen("hashchange", |drops, _| {
            if let Some(query) = location::query_behind_hash().filter(|query| is_link(query)) {
                drops.open(&query);
            }
        });
    }

    fn dragged_over(self, event: &Event) {
        let Some(transfer) = of_drag(event).filter(|_| !self.is_own.get_value() && !is_for_field(event)) else { return };
        let hint = hint(&dragged(&transfer));
        if hint.is_some() {
            event.prevent_default();
        }
        if self.hint.get_untracked() != hint {
            self.hint.set(hint);
        }
    }

    fn ended(self, _: &Event) {
        self.is_own.set_value(false);
        self.hint.set(None);
    }

    fn dropped(self, event: &Event) {
        let is_own = self.is_own.get_value();
        self.ended(event);
        let Some(transfer) = of_drag(event).filter(|_| !is_own && !is_for_field(event)) else { return };
        // Some browsers leave the page for a text that is an address, too.
        let is_address = || address_in(&transfer).is_some_and(|text| text.contains("://"));
        if hint(&dragged(&transfer)).is_some() || is_address() {
            event.prevent_default();
            self.take(&transfer);
        }
    }

    fn pasted(self, event: &Event) {
        let Some(transfer) = of_paste(event) else { return };
        let is_for_field = is_for_field(event);
        // Programs that copy a text with its looks add a picture of it.
        let is_text = is_for_field && transfer.types().includes(&"text/plain".into(), 0);
        if chosen_files::has_files(&transfer) && !is_text {
            self.take(&transfer);
        } else if !is_for_field
            && let Some(query) = address_in(&transfer).and_then(|address| query_of(&address)).filter(|query| is_link(query))
        {
            event.prevent_default();
            self.open(&query);
        }
    }

    /// Takes what was dropped or pasted. The event forgets it once its listener returns.
    fn take(self, transfer: &DataTransfer) {
        let dropped = chosen_files::dropped(transfer);
        if dropped.is_empty() {
            match address_in(transfer).and_then(|address| query_of(&address)).filter(|query| is_link(query)) {
                Some(query) => self.open(&query),
                None => self.notices.push(translated(NO_LINK)),
            }
            return;
        }
        let is_folder = dropped.iter().any(chosen_files::Dropped::is_folder);
        spawn_local(async move {
            let files = chosen_files::of_dropped(dropped).await;
            if files.is_empty() {
                return self.notices.push(translated(NOTHING_IN_IT));
            }
            let kind = match files.first().filter(|_| !is_folder) {
                Some(first) => kind_of(first).await,
                None => FileKind::Images,
            };
            match (kind, files.as_slice()) {
                (FileKind::Picture, [picture]) => {
                    self.view.show_tab(Tab::FeatureMaps);
                    self.places.feature_maps.look_at_file(picture.file.clone());
                }
                (FileKind::Weights, [file]) => self.start_from(file).await,
                (FileKind::Weights, _) => self.notices.push(translated(ONE_AT_A_TIME)),
                (FileKind::Results, _) => self.places.imported.import(files),
                _ => {
                    self.view.show_tab(Tab::Data);
                    self.places.library.import(files);
                }
            }
        });
    }

    async fn start_from(self, chosen: &ChosenFile) {
        let name = chosen.file.name();
        let Ok(bytes) = read_as_bytes(&Blob::from(chosen.file.clone())).await else { return self.notices.push(translated(UNREADABLE)) };
        match self.places.experiment.start_from(name.clone(), bytes) {
            Ok(()) => {
                self.view.show_tab(Tab::Code);
                self.notices.push(tr!("The next run starts from {name}: see “Start from a file” under Code & weights.", name));
                let said =
                    self.places.experiment.starting_file().with_untracked(|start| start.file.as_ref().map(super::WeightsFile::notices));
                self.notices.extend(said.unwrap_or_default());
            }
            Err(reason) => self.notices.push(reason),
        }
    }

    /// Opens the experiment of a link. No run is lost by that: a run keeps the settings that it began with.
    fn open(self, query: &str) {
        let link = permalink::read(query);
        // The course would put the settings from before it in the place of the link's when the reader leaves it.
        self.places.lessons.leave();
        self.places.experiment.open(link.experiment);
        self.view.from_author.set(link.from_author);
        self.places.dataset.load(self.places.experiment, self.notices, None);
        if link.view.tab != Tab::default() {
            self.view.open_tab(link.view.tab);
        }
        self.notices.push(translated(if untrack(|| self.run.exists()) { OPENED_BESIDE_RUN } else { OPENED }));
        self.notices.extend(link.notices);
    }
}

/// Where a file belongs. One that cannot be read is told by whoever reads all of it.
async fn kind_of(chosen: &ChosenFile) -> FileKind {
    let start = chosen.file.slice_with_i32_and_i32(0, START_BYTES as i32).ok();
    let start = match start {
        Some(start) => read_as_bytes(&Blob::from(start)).await.unwrap_or_default(),
        None => Vec::new(),
    };
    file_kind(&chosen.file.name(), &start)
}
