//! What the network says of some held-out images, renewed each epoch.

use leptos::prelude::*;

/// What the network says of some held-out images, renewed each epoch.
#[component]
pub fn Predictions() -> impl IntoView {
    view! {}
}
