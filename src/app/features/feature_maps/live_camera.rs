//! An image from the camera: shown live until it is taken. The camera is on no longer than that.

use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use crate::app::components::CameraView;
use crate::app::context::use_feature_maps;
use crate::app::services::camera::{Camera, DARK};
use crate::app::services::square_image::{ImageSource, square_pixels};
use crate::language::{text, translated};

/// The button that starts the camera, then takes the image.
#[component]
pub fn LiveCamera() -> impl IntoView {
    let feature_maps = use_feature_maps();
    let camera = RwSignal::new_local(None::<Camera>);
    let video = NodeRef::<html::Video>::new();
    // While the visitor is asked or a picture is taken a press changes nothing: a second camera would never be turned off.
    let is_busy = RwSignal::new(false);
    let is_on = Memo::new(move |_| camera.with(Option::is_some));
    // A camera that is on can be turned off, whatever became of the run.
    let can_press = Memo::new(move |_| feature_maps.can_ask() || is_on.get());
    let press = move |_| {
        if is_busy.get_untracked() || !can_press.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            // An element that has left the page may still be known.
            match video.get_untracked().filter(|_| is_on.get_untracked()) {
                None => match Camera::turn_on().await {
                    Ok(turned_on) => {
                        feature_maps.note().set(String::new());
                        // Where the tab was left meanwhile, it is turned off again.
                        drop(camera.try_set(Some(turned_on)));
                    }
                    Err(sentence) => feature_maps.note().set(sentence),
                },
                Some(seen) => {
                    let pixels = square_pixels(ImageSource::Video(&seen)).await;
                    drop(camera.try_set(None));
                    match pixels {
                        Ok(pixels) => feature_maps.look_at_own(pixels),
                        Err(_) => feature_maps.note().set(translated(DARK).into()),
                    }
                }
            }
            is_busy.try_set(false);
        });
    };
    view! {
        <div class="feature-maps-camera">
            <button type="button" class="quiet" aria-disabled=move || (!can_press.get()).to_string() on:click=press>
                {move || if is_on.get() { text!("Take the picture") } else { text!("Use the camera") }}
            </button>
            <CameraView camera node_ref=video />
        </div>
    }
}
