//! The images: which train now, what is in them, and how to bring one's own.

mod augmentation_preview;
mod camera_by_class;
mod class_chips;
mod class_table;
mod dataset_choice;
mod import_form;
mod snapshot_table;

use leptos::prelude::*;

use crate::app::context::use_view;
use crate::language::text;

use camera_by_class::CameraByClass;
use class_table::ClassTable;
use import_form::Import;

pub use augmentation_preview::AugmentationPreview;
pub use class_chips::ClassChips;
pub use dataset_choice::DatasetChoice;

/// The tab “Data”.
#[component]
pub fn Data() -> impl IntoView {
    let view = use_view();
    view! {
        <div class="data">
            <DatasetChoice />
            <ClassChips />
            <ClassTable />
            <AugmentationPreview />
            <button type="button" class="quiet" on:click=move |_| view.settings_open.set(true)>
                {text!("Change augmentation in All settings")}
            </button>
            <Import />
            <CameraByClass />
        </div>
    }
}
