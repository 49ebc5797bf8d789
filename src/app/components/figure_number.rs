//! A measured number with its label.

use leptos::prelude::*;

/// A number in large type over the words that say what it is; part of a `<dl>`.
#[component]
pub fn FigureNumber(
    /// What the number is, with its unit where it has one.
    label: &'static str,
    /// One line that explains it.
    help: &'static str,
    /// The number as text; empty until it is measured.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    let shown = move || value.with(|value| if value.is_empty() { "–".to_owned() } else { value.clone() });
    view! {
        <div class="figure-number" title=help>
            <dt>{label}</dt>
            <dd>{shown}</dd>
        </div>
    }
}
