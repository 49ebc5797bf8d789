//! How good the predictions are, class by class.

use leptos::prelude::*;

/// How good the predictions are, class by class.
#[component]
pub fn Evaluate() -> impl IntoView {
    view! {}
}
