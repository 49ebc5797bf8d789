//! A paragraph with terms and code in it.

use leptos::prelude::*;

use crate::app::components::Term;
use crate::app::course::{Piece, pieces};
use crate::language::translated;

/// A paragraph of a step.
#[component]
pub fn Paragraph(
    /// Its text with marks.
    text: &'static str,
) -> impl IntoView {
    let piece = |piece| match piece {
        Piece::Words(words) => words.into_any(),
        Piece::Term { name, shown } => view! { <Term name shown /> }.into_any(),
        Piece::Code(code) => view! { <code>{code}</code> }.into_any(),
    };
    view! { <p>{pieces(translated(text)).into_iter().map(piece).collect_view()}</p> }
}
