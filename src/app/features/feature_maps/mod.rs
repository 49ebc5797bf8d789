//! What the network sees in one image, held out or the visitor's own: prediction, class activation map, feature maps.

mod chosen_image;
mod image_source;
mod layer_maps;
mod live_camera;
mod prediction;

use gloo::events::{EventListener, EventListenerOptions};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element};

use crate::app::context::use_feature_maps;
use crate::app::services::chosen_files::first_file;

use image_source::ImageSourceRow;
use layer_maps::LayerMaps;
use prediction::Prediction;

/// The tab “Feature maps”.
#[component]
pub fn FeatureMaps() -> impl IntoView {
    let feature_maps = use_feature_maps();
    let look = feature_maps.look();
    let is_empty = Memo::new(move |_| look.with(Option::is_none));
    let frame = NodeRef::<html::Div>::new();
    let listener = StoredValue::new_local(None::<EventListener>);
    // An image that is dropped on the tab is looked at; anywhere else, files become a data set. Listened to on the whole
    // panel, whose edge belongs to the tabs.
    Effect::new(move |_| {
        let Some(frame) = frame.get() else { return };
        let panel: Element = frame.closest("[role=tabpanel]").ok().flatten().unwrap_or_else(|| (*frame).clone().into());
        let dropped = move |event: &web_sys::Event| {
            let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            if let Some(file) = transfer.and_then(|transfer| first_file(&transfer))
                && file.type_().starts_with("image/")
            {
                event.prevent_default();
                feature_maps.look_at_file(file);
            }
        };
        listener.set_value(Some(EventListener::new_with_options(&panel, "drop", EventListenerOptions::enable_prevent_default(), dropped)));
    });
    view! {
        <div class="feature-maps" node_ref=frame>
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
