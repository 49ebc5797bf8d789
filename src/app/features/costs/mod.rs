//! What the network costs, layer by layer, and how long it takes here.

use leptos::prelude::*;

/// What the network costs, layer by layer, and how long it takes here.
#[component]
pub fn Costs() -> impl IntoView {
    view! {}
}
