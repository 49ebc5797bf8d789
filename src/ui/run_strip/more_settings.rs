//! What a beginner need not see.

use leptos::prelude::*;

use crate::figures::grouped;
use crate::settings::Setting;
use crate::ui::controls::{
    BATCH_SIZE, ClassChips, DECAY, DeviceRadios, HELD_OUT_IMAGES, L2, LEARNING_RATE, NetworkOptions, NumberField, SEED,
};
use crate::ui::files::FilesAndCode;
use crate::ui::session::Session;
use crate::ui::shown::text;

const OUTSIDE: [Setting; 4] = [Setting::Depth, Setting::StartFilters, Setting::TrainingImages, Setting::Epochs];

/// A fold with the rest of the controls; it says so when one of them needs attention.
#[component]
pub fn MoreSettings() -> impl IntoView {
    let session = Session::of_page();
    let wrong = move || session.problems.with(|problems| problems.iter().any(|problem| !OUTSIDE.contains(&problem.setting)));
    let source = move || {
        session.dataset.with(|dataset| {
            dataset.source().map(|source| {
                let manifest = &source.manifest;
                let (training, held_out) = (grouped(manifest.training_images()), grouped(manifest.held_out_images()));
                format!("{}: {training} training images, {held_out} held-out images, {} classes", manifest.name, manifest.classes.len())
            })
        })
    };
    view! {
        <details class="more">
            <summary>
                "More settings"
                <span class="more-problem">{text(move || if wrong() { "one needs attention" } else { "" })}</span>
            </summary>
            <div class="more-fields">
                <NumberField of=&BATCH_SIZE />
                <NumberField of=&LEARNING_RATE />
                <NumberField of=&DECAY />
                <NumberField of=&L2 />
                <NumberField of=&SEED />
                <NumberField of=&HELD_OUT_IMAGES />
                <DeviceRadios />
                <ClassChips />
            </div>
            <h3 class="label">"The network"</h3>
            <NetworkOptions />
            <FilesAndCode />
            <p class="caption">{text(move || source().unwrap_or_default())}</p>
        </details>
    }
}
