//! The data set of the experiment: where it lies and what it holds.

use std::sync::Arc;

use leptos::prelude::*;

use crate::run::DatasetSource;

/// The data set, as far as it is known.
#[derive(Debug, Clone, Default)]
pub enum Dataset {
    /// Its manifest is on its way.
    #[default]
    Loading,
    /// It is here.
    Loaded(Arc<DatasetSource>),
    /// It is not; the sentence says why.
    Missing(String),
}

/// Handle to the data set.
#[derive(Debug, Clone, Copy)]
pub struct DatasetContext {
    pub(super) dataset: RwSignal<Dataset>,
    /// Counts how often a data set was looked for.
    pub(super) asked: StoredValue<u32>,
}

impl DatasetContext {
    /// Not looked for yet.
    pub fn new() -> Self {
        Self { dataset: RwSignal::new(Dataset::Loading), asked: StoredValue::new(0) }
    }

    /// The data set with its state of loading.
    pub fn get(self) -> Dataset {
        self.dataset.get()
    }

    /// Where it lies and what it holds, once known. Tracks.
    pub fn source(self) -> Option<Arc<DatasetSource>> {
        self.dataset.with(|dataset| if let Dataset::Loaded(source) = dataset { Some(source.clone()) } else { None })
    }

    /// The same without tracking.
    pub fn source_untracked(self) -> Option<Arc<DatasetSource>> {
        untrack(|| self.source())
    }
}
