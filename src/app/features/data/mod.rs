//! The images: what trains now, imports, augmentation.

use leptos::prelude::*;

/// The images: what trains now, imports, augmentation.
#[component]
pub fn Data() -> impl IntoView {
    view! {}
}
