//! What the network sees in one image, held out or the visitor's own: prediction, class activation map, feature maps.

mod chosen_image;
mod image_source;
mod layer_maps;
mod live_camera;
mod prediction;

use leptos::prelude::*;

use crate::app::context::use_feature_maps;
use crate::language::text;

use image_source::ImageSourceRow;
use layer_maps::LayerMaps;
use prediction::Prediction;

/// The tab “Feature maps”.
#[component]
pub fn FeatureMaps() -> impl IntoView {
    let feature_maps = use_feature_maps();
    let look = feature_maps.look();
    let is_empty = Memo::new(move |_| look.with(Option::is_none));
    view! {
        <div class="feature-maps">
            <ImageSourceRow />
            <p class="empty" hidden=move || !is_empty.get()>
                {text!(
                    "Press Play or Step, then look at an image: what the network predicts, which parts of the image are the evidence, and \
                     the feature maps of any layer."
                )}
            </p>
            <Prediction />
            <LayerMaps />
        </div>
    }
}
