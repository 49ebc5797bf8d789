//! A technical term that explains itself.

use leptos::prelude::*;

use super::unique_id;
use crate::experiment::glossary;
use crate::language::translated;

/// A term of the glossary. Its explanation shows on hover and focus, and is read with it.
#[component]
pub fn Term(
    /// The term as the glossary has it, in English.
    name: &'static str,
    /// Other words to show in its place, such as a plural, as `marked!` marks them.
    #[prop(optional)]
    shown: Option<&'static str>,
) -> impl IntoView {
    let id = unique_id("term");
    view! {
        <span class="term" tabindex="0" role="note" aria-describedby=id>
            {translated(shown.unwrap_or(name))}
            <span class="term-explanation" role="tooltip" id=id.clone()>
                {translated(glossary::explanation(name))}
            </span>
        </span>
    }
}
