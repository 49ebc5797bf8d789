//! What the author of the link gave beside the experiment: a goal, and a curve to compare with.

use leptos::prelude::*;

use crate::app::context::{use_run, use_view};
use crate::experiment::goal::{Goal, GoalProgress};
use crate::language::{text, tr};

/// The goal and how near it is; how the author's run ended. Nothing where the link has neither.
#[component]
pub fn FromAuthorLines() -> impl IntoView {
    let view = use_view();
    let goal = Memo::new(move |_| view.from_author.with(|from_author| from_author.goal));
    let author = Memo::new(move |_| view.from_author.with(|from_author| from_author.curve.as_ref().map(|curve| curve.words())));
    let remove = move |_| view.from_author.update(|from_author| from_author.curve = None);
    view! {
        {move || goal.get().map(|goal| view! { <GoalLine goal /> })}
        {move || {
            author
                .get()
                .map(|words| {
                    view! {
                        <div class="this-run-author" role="group" aria-label=text!("The author’s run")>
                            <p>{tr!("The author’s run: {words}.", words)}</p>
                            <button
                                type="button"
                                class="quiet"
                                title=text!("Takes the author’s curve out of the charts and out of the link")
                                on:click=remove
                            >
                                {text!("Remove curve")}
                            </button>
                        </div>
                    }
                })
        }}
    }
}

/// What should be reached, and how near the run is.
#[component]
fn GoalLine(
    /// The goal.
    goal: Goal,
) -> impl IntoView {
    let (run, view) = (use_run(), use_view());
    let progress = Memo::new(move |_| run.of_run(|run| run.goal_progress(&goal)));
    let words = Memo::new(move |_| progress.get().map_or_else(|| text!("press Play").into(), |progress| goal.progress_words(&progress)));
    let is_reached = Memo::new(move |_| matches!(progress.get(), Some(GoalProgress { reached: Some(true), .. })));
    let remove = move |_| view.from_author.update(|from_author| from_author.goal = None);
    view! {
        // Read aloud by `announcements`, once.
        <div class="this-run-author" role="group" aria-label=text!("Goal of the link")>
            <p class="this-run-goal" class:reached=is_reached>
                {move || tr!("Goal: {goal} – {progress}", goal = goal.words(), progress = words.get())}
            </p>
            <button type="button" class="quiet" title=text!("Takes the goal off the page and out of the link") on:click=remove>
                {text!("Remove goal")}
            </button>
        </div>
    }
}
