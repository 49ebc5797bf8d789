//! A table that may be larger than its place.

use leptos::prelude::*;

/// A named table in a frame that scrolls, by keyboard too.
#[component]
pub fn TableFrame(
    /// Name of the table and of its frame.
    label: &'static str,
    /// Class of the table, for the feature's own style sheet.
    #[prop(optional)]
    class: &'static str,
    /// `id` of words that explain it.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// Head and body.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-frame" role="region" aria-label=label tabindex="0">
            <table class=class aria-label=label aria-describedby=described_by>
                {children()}
            </table>
        </div>
    }
}
