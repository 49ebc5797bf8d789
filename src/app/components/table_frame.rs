//! A table that may be larger than its place.

use leptos::prelude::*;

/// A named table in a frame that scrolls, by keyboard too.
#[component]
pub fn TableFrame(
    /// Name of the table and of its frame.
    #[prop(into)]
    label: String,
    /// Class of the table, for the feature's own style sheet.
    #[prop(optional)]
    class: &'static str,
    /// `id` of words that explain it.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// Head and body.
    children: Children,
) -> impl IntoView {
    let frame = label.clone();
    view! {
        <div class="table-frame" role="region" aria-label=frame tabindex="0">
            <table class=class aria-label=label aria-describedby=described_by>
                {children()}
            </table>
        </div>
    }
}
