//! All steps, with a tick on those that are done.

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::app::components::Folded;
use crate::app::context::LessonsContext;
use crate::app::course::step;
use crate::experiment::permalink::LessonStep;
use crate::language::{text, translated};
use crate::spec::Named;

/// The contents of the course, folded.
#[component]
pub fn Contents(
    /// The course.
    lessons: LessonsContext,
) -> impl IntoView {
    view! {
        <Folded title=text!("All lessons")>
            <ol class="lessons-contents">{LessonStep::ALL.iter().copied().map(|id| view! { <Entry lessons id /> }).collect_view()}</ol>
            <button
                type="button"
                class="quiet"
                title=text!("Forgets all answers and goes to the first lesson")
                on:click=move |_| lessons.restart()
            >
                {text!("Start again")}
            </button>
        </Folded>
    }
}

/// A step with its own link.
#[component]
fn Entry(
    /// The course.
    lessons: LessonsContext,
    /// The step.
    id: LessonStep,
) -> impl IntoView {
    let is_done = Memo::new(move |_| lessons.progress().is_done(id));
    view! {
        <li>
            <a
                href=format!("?{}", LessonsContext::link_to(id))
                aria-current=move || (lessons.open() == Some(id)).then_some("step")
                on:click=move |event| open_in_place(&event, move || lessons.go(id))
            >
                {translated(step(id).title)}
            </a>
            <Show when=move || is_done.get()>
                <span class="lessons-tick" aria-hidden="true">
                    "✓"
                </span>
                <span class="visually-hidden">{text!("done")}</span>
            </Show>
        </li>
    }
}

/// Opens a link without loading the page again, unless it is to be opened elsewhere.
pub fn open_in_place(event: &MouseEvent, open: impl FnOnce()) {
    if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
        event.prevent_default();
        open();
    }
}
