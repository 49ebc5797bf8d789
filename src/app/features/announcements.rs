//! What a screen reader hears of the run: results, not phases, and not more often than every 15 seconds; the goal of the link once,
//! when it is decided.

use leptos::prelude::*;

use crate::app::components::paced;
use crate::app::context::{use_run, use_view};
use crate::language::text;
use crate::run::Run;

/// A live region with the newest result of the run.
#[component]
pub fn Announcements() -> impl IntoView {
    let (run, view) = (use_run(), use_view());
    let newest = Memo::new(move |_| run.of_run(Run::announcement).unwrap_or_default());
    let text = paced(newest);
    let goal = Memo::new(move |_| {
        let goal = view.from_author.with(|from_author| from_author.goal);
        goal.and_then(|goal| run.of_run(|run| run.goal_announcement(&goal))).unwrap_or_default()
    });
    view! {
        <p class="visually-hidden" role="status" aria-label=text!("Goal")>
            {goal}
        </p>
        <p class="visually-hidden" aria-live="polite">
            {text}
        </p>
    }
}
