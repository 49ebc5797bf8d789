//! What the network makes of one image.

use leptos::prelude::*;

/// What the network makes of one image.
#[component]
pub fn FeatureMaps() -> impl IntoView {
    view! {}
}
