//! Texts of the form for an import.

use leptos::prelude::*;

use crate::dataset::import::choice_texts::{read_held_out_percent, read_images_per_class, read_seed};
use crate::dataset::import::{CifarLabels, ImportChoices};

/// Texts of the form for an import.
#[derive(Debug, Clone, Copy)]
pub struct ImportForm {
    /// Most training images of each class; empty for all.
    pub images_per_class: RwSignal<String>,
    /// Percent held out; empty for the usual share.
    pub held_out: RwSignal<String>,
    /// Seed of the choice; empty for the usual one.
    pub seed: RwSignal<String>,
    /// Which labels of CIFAR-100 count.
    pub labels: RwSignal<CifarLabels>,
    /// Whether the classes of pictures are taken from the names of their files.
    pub classes_from_names: RwSignal<bool>,
}

impl ImportForm {
    /// Every field is empty.
    pub(super) fn new() -> Self {
        let text = || RwSignal::new(String::new());
        let labels = RwSignal::new(CifarLabels::Fine);
        Self { images_per_class: text(), held_out: text(), seed: text(), labels, classes_from_names: RwSignal::new(false) }
    }

    /// How files become a data set.
    ///
    /// # Errors
    /// A sentence without its full stop about the first text that cannot be used.
    pub(super) fn choices(self) -> Result<ImportChoices, String> {
        Ok(ImportChoices {
            images_per_class: self.images_per_class.with_untracked(|text| read_images_per_class(text))?,
            held_out_percent: self.held_out.with_untracked(|text| read_held_out_percent(text))?,
            seed: self.seed.with_untracked(|text| read_seed(text))?,
            labels: self.labels.get_untracked(),
            classes_from_names: self.classes_from_names.get_untracked(),
        })
    }
}
