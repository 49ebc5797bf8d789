//! What to expect to see, in a tiny picture: orange with skip connections, grey without.

use leptos::prelude::*;

use crate::studies::Question;

/// A sketch of 56 × 36 px beside the question. The card's words say the same.
#[component]
pub(super) fn CardPicture(
    /// The question.
    question: Question,
) -> impl IntoView {
    let line = |class: &'static str, d: &'static str| view! { <path class=class d=d /> };
    let dots = |class: &'static str, places: &'static [(f64, f64)]| {
        places.iter().map(|(x, y)| view! { <circle class=class cx=*x cy=*y r="2" /> }).collect_view()
    };
    let sketch = match question {
        Question::SkipConnections => view! {
            {line("without", "M4 8 C18 7 34 10 52 9")}
            {line("with", "M4 8 C14 24 30 28 52 29")}
        }
        .into_any(),
        Question::Depth => view! {
            {line("without", "M6 22 L21 17 L36 11 L51 6")}
            {dots("without-dot", &[(6.0, 22.0), (21.0, 17.0), (36.0, 11.0), (51.0, 6.0)])}
            {line("with", "M6 25 L21 26 L36 27 L51 28")}
            {dots("with-dot", &[(6.0, 25.0), (21.0, 26.0), (36.0, 27.0), (51.0, 28.0)])}
        }
        .into_any(),
        Question::Lesions => view! {
            {line("without", "M4 10 L12 28 L20 29 L28 27 L36 29 L44 28 L52 29")}
            {line("with", "M4 7 L12 12 L20 8 L28 10 L36 8 L44 9 L52 8")}
        }
        .into_any(),
        Question::BatchNorm => view! {
            <rect class="square-with" x="14" y="4" width="12" height="12" rx="2" />
            <rect class="square-middle" x="30" y="4" width="12" height="12" rx="2" />
            <rect class="square-middle" x="14" y="20" width="12" height="12" rx="2" />
            <rect class="square-small" x="30" y="20" width="12" height="12" rx="2" />
        }
        .into_any(),
        Question::Order => view! {
            {line("with", "M6 28 V18 C6 4 26 4 26 23")}
            {line("plain", "M4 28 H22 M30 28 H36")}
            <circle class="sum" cx="26" cy="28" r="5" />
            {line("plain", "M23 28 H29 M26 25 V31")}
            {line("plain", "M36 28 H44 L53 17")}
        }
        .into_any(),
        Question::FirstStep => view! {
            {line("without", "M4 11 C20 9 36 8 52 7")}
            {line("without dashed", "M4 20 C20 14 36 10 52 7")}
            {line("without strong", "M4 32 C22 28 36 14 52 7")}
        }
        .into_any(),
    };
    view! {
        <svg class="experiments-picture" viewBox="0 0 56 36" width="56" height="36" aria-hidden="true">
            <path class="ground" d="M4 33.5 H52" />
            {sketch}
        </svg>
    }
}
