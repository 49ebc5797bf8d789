//! What a camera sees.

use leptos::task::spawn_local;
use leptos::{html, prelude::*};
use wasm_bindgen_futures::JsFuture;

use crate::app::services::camera::Camera;
use crate::language::text;

/// A moving picture, for as long as there is a camera.
#[component]
pub fn CameraView(
    /// The camera, while it is on.
    camera: RwSignal<Option<Camera>, LocalStorage>,
    /// The element, from which pictures are taken.
    node_ref: NodeRef<html::Video>,
) -> impl IntoView {
    Effect::new(move |_| {
        let Some(video) = node_ref.get() else { return };
        camera.with(|camera| video.set_src_object(camera.as_ref().map(Camera::stream)));
        let plays = if camera.with(Option::is_some) { video.play().ok() } else { None };
        if let Some(plays) = plays {
            // Refused where the camera goes away meanwhile: then no picture can be taken, and that is said.
            spawn_local(async move { drop(JsFuture::from(plays).await) });
        }
    });
    let is_on = Memo::new(move |_| camera.with(Option::is_some));
    view! {
        <Show when=move || is_on.get()>
            // A phone would play it over the whole screen.
            <video node_ref=node_ref class="camera" aria-label=text!("What the camera sees") muted playsinline width="96"></video>
        </Show>
    }
}
