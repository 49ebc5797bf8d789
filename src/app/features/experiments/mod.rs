//! One-click experiments: a question, its networks, and the measured answer.

use leptos::prelude::*;

/// One-click experiments: a question, its networks, and the measured answer.
#[component]
pub fn Experiments() -> impl IntoView {
    view! {}
}
