//! The bar: Play, the six things a beginner changes, and what is going on.

use leptos::prelude::*;

/// The bar: Play, the six things a beginner changes, and what is going on.
#[component]
pub fn RunBar() -> impl IntoView {
    view! {}
}
