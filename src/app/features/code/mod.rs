//! The network as code, and its weights as files.

use leptos::prelude::*;

/// The network as code, and its weights as files.
#[component]
pub fn Code() -> impl IntoView {
    view! {}
}
