//! The image that is looked at, and where the evidence for a class lies in it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{PictureCanvas, Term};
use crate::app::context::use_feature_maps;
use crate::insight::feature_maps::{ImageLook, colour_bar, image_picture};
use crate::language::{text, tr};

/// Pixels of the colour bar.
const BAR_WIDTH: usize = 64;

/// The image, with the class activation map over it where that is wanted.
#[component]
pub fn ChosenImage(
    /// What was found.
    look: Signal<Arc<ImageLook>>,
) -> impl IntoView {
    let heat_map = use_feature_maps().shows_heat_map;
    let picture = Memo::new(move |_| look.with(|look| image_picture(look.looked_at(), Some(&look.activation).filter(|_| heat_map.get()))));
    let label = Signal::derive(move || look.with(|look| name_of(look)));
    view! {
        <figure class="feature-maps-image">
            <PictureCanvas picture label class="feature-maps-canvas" />
            <figcaption class="caption">{label}</figcaption>
            <button
                type="button"
                class="quiet"
                aria-pressed=move || heat_map.get().to_string()
                title=text!("Lays the class activation map (Grad-CAM) over the image")
                on:click=move |_| heat_map.update(|shown| *shown ^= true)
            >
                {text!("Heat map")}
            </button>
            <div class="feature-maps-scale" class:is-off=move || !heat_map.get()>
                <PictureCanvas picture=Signal::stored(colour_bar(BAR_WIDTH)) class="feature-maps-bar" />
                <span class="caption">{text!("no evidence")}</span>
                <span class="caption">{text!("most")}</span>
            </div>
            <p class="caption feature-maps-term">
                <Term name="class activation map" />
            </p>
        </figure>
    }
}

fn name_of(look: &ImageLook) -> String {
    match look.question.own {
        Some(_) => text!("Your own image").into(),
        None => tr!("Held-out image {image} of {images}", image = look.question.image + 1, images = look.images),
    }
}
