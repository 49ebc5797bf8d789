//! Several answers of which one is chosen.

use leptos::prelude::*;

use crate::app::components::unique_id;
use crate::app::context::LessonsContext;
use crate::language::translated;

/// The answers of a question.
#[component]
pub fn Choice(
    /// The course.
    lessons: LessonsContext,
    /// What is asked, as the name of the group.
    question: &'static str,
    /// The answers.
    answers: &'static [&'static str],
) -> impl IntoView {
    let name = unique_id("answer");
    let answer = move |(place, words): (usize, &'static str)| {
        let is_chosen = move || lessons.answers().choice == Some(place);
        view! {
            <label class="lessons-answer">
                <input type="radio" name=name.clone() prop:checked=is_chosen on:change=move |_| lessons.choose(place) />
                {translated(words)}
            </label>
        }
    };
    view! {
        <div class="lessons-answers" role="radiogroup" aria-label=translated(question)>
            {answers.iter().copied().enumerate().map(answer).collect_view()}
        </div>
    }
}
