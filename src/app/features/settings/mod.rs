//! All settings, in a sheet with search.

use leptos::prelude::*;

/// The sheet.
#[component]
pub fn SettingsSheet() -> impl IntoView {
    view! {}
}
