//! The run there is: its numbers and its curves.

use leptos::prelude::*;

/// The run there is: its numbers and its curves.
#[component]
pub fn ThisRun() -> impl IntoView {
    view! {}
}
