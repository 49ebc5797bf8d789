//! The course beside the tool: a column at the side, on a narrow page a part of its foot. The tool stays usable.

mod choice;
mod code_lines;
mod contents;
mod escape;
mod number_sheet;
mod paragraph;

use leptos::{html, prelude::*};

use crate::app::components::{Icon, IconShape, page_is_shown, unique_id};
use crate::app::context::{LessonsContext, use_lessons};
use crate::app::course::{Exercise, Step, Verdict};
use crate::experiment::permalink::LessonStep;
use crate::language::{text, tr, translated};
use crate::spec::Named;

use choice::Choice;
use code_lines::CodeLines;
use contents::Contents;
use number_sheet::NumberSheet;
use paragraph::Paragraph;

pub use contents::open_in_place;

/// The open step of the course, if one is.
#[component]
pub fn Lessons() -> impl IntoView {
    let lessons = use_lessons();
    let is_open = Memo::new(move |_| lessons.open().is_some());
    let panel = NodeRef::<html::Section>::new();
    // Whoever was in the panel goes on where it was opened; whoever was in the tool stays there.
    let leave = move || {
        let active = document().active_element();
        let was_inside = panel.get_untracked().is_some_and(|panel| panel.contains(active.as_ref().map(AsRef::as_ref)));
        lessons.leave();
        lessons.wants_opener.set(was_inside);
    };
    escape::listen(lessons, leave);
    // So that the browser's history can be told apart.
    Effect::new(move |_| {
        let name = "ResNet Playground";
        document().set_title(&lessons.step().map_or_else(|| name.to_owned(), |step| format!("{} · {name}", translated(step.title))));
    });
    view! {
        <Show when=move || is_open.get()>
            <Panel lessons panel on_leave=Callback::new(move |()| leave()) />
        </Show>
    }
}

#[component]
fn Panel(
    /// The course.
    lessons: LessonsContext,
    /// The element.
    panel: NodeRef<html::Section>,
    /// Leaves the course.
    on_leave: Callback<()>,
) -> impl IntoView {
    let (title, is_shown) = (unique_id("lesson"), page_is_shown());
    let heading = NodeRef::<html::H2>::new();
    let focus_heading = move || {
        if let Some(heading) = heading.try_get_untracked().flatten() {
            // An element with a tabindex takes the focus.
            let _ = heading.focus();
        }
    };
    Effect::new(move |_| {
        if is_shown.get() && lessons.wants_heading.get() && heading.get().is_some() {
            lessons.wants_heading.set(false);
            // The heading of the step that is being drawn.
            request_animation_frame(focus_heading);
        }
    });
    let open = move || lessons.open().unwrap_or(LessonStep::ALL[0]);
    let place = move || {
        let (step, done, all) = (open().number(), lessons.progress().count(), LessonStep::ALL.len());
        tr!("Lesson {step} of {all} · {done} done", step, all, done)
    };
    let of_step = move |text: fn(&Step) -> &'static str| move || lessons.step().map(text).map(translated).unwrap_or_default();
    let content = move || lessons.open().and_then(|_| untrack(|| lessons.step())).map(|step| view! { <StepContent lessons step /> });
    view! {
        <section class="lessons" aria-labelledby=title node_ref=panel>
            <div class="lessons-head">
                <p class="lessons-place">{place}</p>
                <button
                    type="button"
                    class="quiet icon-button"
                    aria-label=text!("Leave the lessons")
                    title=text!("Leave the lessons (Escape). What you had before is put back.")
                    on:click=move |_| on_leave.run(())
                >
                    <Icon shape=IconShape::Close />
                </button>
            </div>
            <div class="lessons-body">
                <h2 id=title.clone() tabindex="-1" node_ref=heading>
                    {of_step(|step| step.title)}
                </h2>
                {content}
                <Contents lessons />
            </div>
            <Foot lessons on_leave />
        </section>
    }
}

/// What a step says and asks.
#[component]
fn StepContent(
    /// The course.
    lessons: LessonsContext,
    /// The step.
    step: &'static Step,
) -> impl IntoView {
    let exercise = match step.exercise {
        Exercise::None => None,
        Exercise::Sheet(_) => Some(view! { <NumberSheet lessons step /> }.into_any()),
        Exercise::Choice(answers) => Some(view! { <Choice lessons question=step.question answers /> }.into_any()),
    };
    let show = move |_| lessons.goes_to_target.update(|count| *count += 1);
    view! {
        {step.text.iter().map(|text| view! { <Paragraph text /> }).collect_view()}
        <p class="lessons-look">
            <span>{tr!("Look at: {place}.", place = step.spot.words())}</span>
            <button type="button" class="quiet" title=text!("Moves the focus there") on:click=show>
                {text!("Go there")}
            </button>
        </p>
        <SetUp lessons />
        <div class="lessons-question">
            <h3>{translated(step.question)}</h3>
            <p>{translated(step.task)}</p>
            {exercise}
            <VerdictLine lessons />
        </div>
        <CodeLines lessons step />
    }
}

/// Puts the step's network on the page; says why it was not.
#[component]
fn SetUp(
    /// The course.
    lessons: LessonsContext,
) -> impl IntoView {
    let words = move || {
        if lessons.waits_for_set_up() {
            text!("A run is under way, so the settings were left as they are. It goes on whatever you do here.")
        } else {
            text!("The settings are those of this step. Yours come back when you leave.")
        }
    };
    view! {
        <p class="lessons-look">
            <span>{words}</span>
            <button
                type="button"
                class="quiet"
                title=text!("Puts the network and the settings of this step into the controls, as at its beginning")
                on:click=move |_| lessons.set_up()
            >
                {text!("Set it up")}
            </button>
        </p>
    }
}

/// What the check finds, read aloud when it changes.
#[component]
fn VerdictLine(
    /// The course.
    lessons: LessonsContext,
) -> impl IntoView {
    let is_done = move || lessons.verdict().as_ref().is_some_and(Verdict::is_done);
    let was_done = move || lessons.open().is_some_and(|step| lessons.progress().is_done(step));
    let lead = move || match (is_done(), was_done()) {
        (true, _) => text!("Right. "),
        (false, true) => text!("Answered before. "),
        (false, false) => text!("Not yet. "),
    };
    let sentence = move || lessons.verdict().map(|verdict| verdict.sentence().to_owned());
    view! {
        <p class="lessons-verdict" class:done=is_done role="status" aria-label=text!("Answer")>
            <strong>{lead}</strong>
            {sentence}
        </p>
    }
}

/// Back and Next.
#[component]
fn Foot(
    /// The course.
    lessons: LessonsContext,
    /// Leaves the course.
    on_leave: Callback<()>,
) -> impl IntoView {
    let previous = move || lessons.open().and_then(LessonStep::previous);
    let next = move || lessons.open().and_then(LessonStep::next);
    let back = move |_| previous().into_iter().for_each(|step| lessons.go(step));
    let forward = move |_| match next() {
        Some(step) => lessons.go(step),
        None => on_leave.run(()),
    };
    view! {
        <div class="lessons-foot">
            <button type="button" class="quiet" aria-disabled=move || previous().is_none().to_string() on:click=back>
                {text!("Back")}
            </button>
            <button type="button" class="quiet" on:click=forward>
                {move || if next().is_some() { text!("Next") } else { text!("Finish") }}
            </button>
        </div>
    }
}
