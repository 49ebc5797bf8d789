//! The network as a drawing, which is its main control.

use leptos::prelude::*;

/// The network as a drawing, which is its main control.
#[component]
pub fn NetworkView() -> impl IntoView {
    view! {}
}
