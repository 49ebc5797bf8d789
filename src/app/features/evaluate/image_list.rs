//! Test images with what the network said of them.

use leptos::prelude::*;

use crate::app::components::PictureCanvas;
use crate::dataset::IMAGE_EDGE;
use crate::drawing::picture::Picture;

/// An image and the words under it, which say it all.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedImage {
    /// `[32, 32, 3]`, one byte a channel.
    pub pixels: Vec<u8>,
    /// The words.
    pub caption: String,
}

/// Images side by side.
#[component]
pub fn ImageList(
    /// Name of the list.
    label: &'static str,
    /// The images.
    images: Vec<ListedImage>,
) -> impl IntoView {
    let item = |image: ListedImage| {
        view! {
            <li>
                <PictureCanvas picture=Signal::stored(Picture::of_image(&image.pixels, IMAGE_EDGE)) class="evaluate-image" />
                <span class="caption">{image.caption}</span>
            </li>
        }
    };
    view! {
        <ul class="evaluate-images" aria-label=label>
            {images.into_iter().map(item).collect_view()}
        </ul>
    }
}
