//! All settings, in a sheet with search.

use leptos::prelude::*;

/// All settings, in a sheet with search.
#[component]
pub fn SettingsSheet() -> impl IntoView {
    view! {}
}
