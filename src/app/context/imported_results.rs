//! Results of sweeps that the visitor imported. They stay for this visit: their files are the visitor's own.

use std::collections::HashMap;

use gloo::file::Blob;
use gloo::file::futures::read_as_bytes;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::services::chosen_files::ChosenFile;
use crate::language::format::bytes;
use crate::language::{text, tr};
use crate::studies::sweep::{LineCounts, MOST_DRAWN, SweepResults, SweepTable};

/// The largest file that is read: 20,000 runs of thirty epochs are less.
const MOST_BYTES: u64 = 128 << 20;

/// Handle to the results.
#[derive(Clone, Copy)]
pub struct ImportedResults {
    results: RwSignal<SweepResults>,
    table: Memo<SweepTable>,
    /// Groups that somebody chose to draw or not to, by their keys.
    drawn: RwSignal<HashMap<String, bool>>,
    said: RwSignal<Vec<String>>,
    /// What was forgotten last, until something else is imported.
    forgotten: RwSignal<Option<SweepResults>>,
}

impl ImportedResults {
    /// Nothing is imported yet.
    pub fn new() -> Self {
        let results = RwSignal::new(SweepResults::default());
        let table = Memo::new(move |_| results.with(SweepTable::new));
        let (drawn, said, forgotten) = (RwSignal::new(HashMap::new()), RwSignal::new(Vec::new()), RwSignal::new(None));
        Self { results, table, drawn, said, forgotten }
    }

    /// Reads files, the shards of a sweep or several sweeps, to what is there already.
    pub fn import(self, files: Vec<ChosenFile>) {
        if files.is_empty() {
            return;
        }
        spawn_local(async move {
            let (mut counts, mut unread) = (LineCounts::default(), Vec::new());
            for ChosenFile { path, file } in files {
                // A browser tells sizes as floats.
                let size = file.size() as u64;
                if size > MOST_BYTES {
                    let (size, most) = (bytes(size), bytes(MOST_BYTES));
                    unread.push(tr!("{path} has {size}, which is more than {most}: import it in parts.", path, size, most));
                    continue;
                }
                match read_as_bytes(&Blob::from(file)).await {
                    // Other files may be read at the same time.
                    Ok(read) => counts += self.results.try_update(|results| results.add(&read)).unwrap_or_default(),
                    Err(_) => unread.push(tr!("{path} could not be read: choose it again.", path)),
                }
            }
            // Where no file was read it is not said that none has a result.
            let has_read = unread.is_empty() || counts != LineCounts::default();
            let read = if has_read { counts.sentences() } else { Vec::new() };
            self.forgotten.set(None);
            self.said.set([read, unread].concat());
        });
    }

    /// Groups of results. Tracks.
    pub fn table(self) -> Memo<SweepTable> {
        self.table
    }

    /// What was read and what was not, in sentences. Tracks.
    pub fn said(self) -> Vec<String> {
        self.said.get()
    }

    /// Whether results that were forgotten can be had back. Tracks.
    pub fn can_take_back(self) -> bool {
        self.forgotten.with(Option::is_some)
    }

    /// Takes all results away.
    pub fn forget(self) {
        self.forgotten.set(Some(self.results.get_untracked()));
        self.results.set(SweepResults::default());
        self.said.set(vec![text!("The results are forgotten.").into()]);
    }

    /// Has the results back that were forgotten.
    pub fn take_back(self) {
        if let Some(results) = self.forgotten.try_update(Option::take).flatten() {
            self.results.set(results);
            self.said.set(Vec::new());
        }
    }

    /// Whether the curves of the group at that place of the table are drawn: the first ones, unless somebody chose otherwise. Tracks.
    pub fn is_drawn(self, place: usize) -> bool {
        let key = self.table.with(|table| table.groups.get(place).map(|group| group.key.clone()));
        key.is_some_and(|key| self.drawn.with(|drawn| drawn.get(&key).copied()).unwrap_or(place < MOST_DRAWN))
    }

    /// Draws the curves of a group or no longer. Another one of the same style makes room.
    pub fn draw(self, place: usize, is_drawn: bool) {
        let keys = self.table.with_untracked(|table| table.groups.iter().map(|group| group.key.clone()).collect::<Vec<_>>());
        self.drawn.update(|drawn| {
            for (other, key) in keys.into_iter().enumerate().filter(|(other, _)| other % MOST_DRAWN == place % MOST_DRAWN) {
                if other == place {
                    drawn.insert(key, is_drawn);
                } else if is_drawn {
                    drawn.insert(key, false);
                }
            }
        });
    }
}
