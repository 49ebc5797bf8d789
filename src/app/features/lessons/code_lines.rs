//! The Keras code that a step is about.

use leptos::prelude::*;

use crate::app::context::{LessonsContext, Tab, use_view};
use crate::app::course::Step;
use crate::language::{text, tr};

/// Some lines of the export of the network that is drawn, with those that the step is about marked.
#[component]
pub fn CodeLines(
    /// The course.
    lessons: LessonsContext,
    /// The step.
    step: &'static Step,
) -> impl IntoView {
    let view = use_view();
    let excerpt = Memo::new(move |_| step.code.excerpt(&lessons.experiment()));
    let line = |(number, text, is_marked): (usize, String, bool)| {
        let text = if text.is_empty() { " ".to_owned() } else { text };
        let text = if is_marked { view! { <mark>{text}</mark> }.into_any() } else { view! { <span>{text}</span> }.into_any() };
        view! {
            <li value=number.to_string()>{text}</li>
        }
    };
    let words = move || excerpt.with(|excerpt| tr!("In Keras: {lines} of the network's own code", lines = excerpt.words));
    view! {
        <div class="lessons-code" hidden=move || excerpt.with(|excerpt| excerpt.lines.is_empty())>
            <h3>{words}</h3>
            <ol class="lessons-lines" tabindex="0" aria-label=text!("Keras code of this step")>
                {move || excerpt.get().lines.into_iter().map(line).collect_view()}
            </ol>
            <button type="button" class="quiet" title=text!("Opens the tab Code & weights") on:click=move |_| view.show_tab(Tab::Code)>
                {text!("All of the code")}
            </button>
        </div>
    }
}
