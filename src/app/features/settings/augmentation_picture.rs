//! What augmentation makes of images, drawn.

use leptos::prelude::*;

use crate::app::features::data::AugmentationPreview;

/// The preview of the tab “Data”, beside the settings that change it.
#[component]
pub fn AugmentationPicture() -> impl IntoView {
    view! {
        <figure class="settings-figure">
            <AugmentationPreview />
        </figure>
    }
}
