//! Gradients and activations along the network.

use leptos::prelude::*;

/// Gradients and activations along the network.
#[component]
pub fn Gradients() -> impl IntoView {
    view! {}
}
