//! A sentence with ways out.

use leptos::prelude::*;

/// A box under the bar with a sentence and buttons.
#[component]
pub fn NoticeBox(
    /// Whether something is wrong; then it is read aloud at once.
    #[prop(optional)]
    is_problem: bool,
    /// The sentence.
    #[prop(into)]
    text: Signal<String>,
    /// Buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="notice" class:problem=is_problem role=if is_problem { "alert" } else { "status" }>
            <p>{text}</p>
            <div class="notice-actions">{children()}</div>
        </div>
    }
}
