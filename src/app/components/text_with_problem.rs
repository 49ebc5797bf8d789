//! What is wrong with the text in a field.

use leptos::prelude::*;

/// A sentence about a field, and values that would do.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldProblem {
    /// What is wrong.
    pub sentence: String,
    /// Values that would do, as the field would show them.
    pub suggestions: Vec<String>,
}

/// The place under a field for its problem: the sentence, and a button for each value that would do.
#[component]
pub fn ProblemLine(
    /// `id` that the control's `aria-describedby` names.
    id: String,
    /// The problem, if there is one.
    problem: Signal<Option<FieldProblem>>,
    /// Takes a suggested value.
    on_choose: Callback<String>,
) -> impl IntoView {
    let advice = move || {
        problem.get().map(|FieldProblem { sentence, suggestions }| {
            let button = move |suggestion: String| {
                let chosen = suggestion.clone();
                view! {
                    <button type="button" class="suggestion" on:click=move |_| on_choose.run(chosen.clone())>
                        {suggestion}
                    </button>
                }
            };
            view! {
                <span>{sentence}</span>
                {suggestions.into_iter().map(button).collect_view()}
            }
        })
    };
    view! {
        <div class="field-problem" id=id role="status">
            {advice}
        </div>
    }
}
