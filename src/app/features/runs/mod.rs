//! Runs kept to compare with.

use leptos::prelude::*;

/// Runs kept to compare with.
#[component]
pub fn Runs() -> impl IntoView {
    view! {}
}
