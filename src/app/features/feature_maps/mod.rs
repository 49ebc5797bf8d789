//! What the network sees in one image, held out or the visitor's own: prediction, class activation map, feature maps.

mod chosen_image;
mod image_source;
mod layer_maps;
mod live_camera;
mod prediction;

use leptos::{ev, prelude::*};

use crate::app::context::use_feature_maps;
use crate::app::services::chosen_files::{first_file, has_files};

use image_source::ImageSourceRow;
use layer_maps::LayerMaps;
use prediction::Prediction;

/// The tab “Feature maps”.
#[component]
pub fn FeatureMaps() -> impl IntoView {
    let feature_maps = use_feature_maps();
    let look = feature_maps.look();
    let is_empty = Memo::new(move |_| look.with(Option::is_none));
    let dragged = move |event: ev::DragEvent| {
        if event.data_transfer().is_some_and(|transfer| has_files(&transfer)) {
            event.prevent_default();
        }
    };
    // An image that is dropped here is looked at; anywhere else, files become a data set.
    let dropped = move |event: ev::DragEvent| {
        if let Some(file) = event.data_transfer().and_then(|transfer| first_file(&transfer))
            && file.type_().starts_with("image/")
        {
            event.prevent_default();
            feature_maps.look_at_file(file);
        }
    };
    view! {
        <div class="feature-maps" on:dragover=dragged on:drop=dropped>
            <ImageSourceRow />
            <p class="empty" hidden=move || !is_empty.get()>
                "Press Play or Step, then look at an image: what the network predicts, which parts of the image are the evidence, and the \
                 feature maps of any layer."
            </p>
            <Prediction />
            <LayerMaps />
        </div>
    }
}
