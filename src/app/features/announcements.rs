//! What a screen reader hears of the run: results, not phases, and not more often than every 15 seconds; the goal of the link once,
//! when it is decided.

use std::time::Duration;

use leptos::prelude::*;

use crate::app::context::{use_run, use_view};
use crate::app::services::clock::now_ms;
use crate::run::Run;

/// Least time between two announcements.
const PAUSE_MS: f64 = 15_000.0;

/// A live region with the newest result of the run.
#[component]
pub fn Announcements() -> impl IntoView {
    let (run, view) = (use_run(), use_view());
    let text = RwSignal::new(String::new());
    let newest = Memo::new(move |_| run.of_run(Run::announcement).unwrap_or_default());
    let said_ms = StoredValue::new(-PAUSE_MS);
    let planned = StoredValue::new(false);
    let say = move || {
        planned.set_value(false);
        said_ms.set_value(now_ms());
        text.set(newest.get_untracked());
    };
    Effect::new(move |_| {
        newest.with(|_| ());
        if planned.get_value() {
            return;
        }
        let wait_ms = (said_ms.get_value() + PAUSE_MS - now_ms()).max(0.0);
        planned.set_value(true);
        set_timeout(say, Duration::from_secs_f64(wait_ms / 1000.0));
    });
    let goal = Memo::new(move |_| {
        let goal = view.from_author.with(|from_author| from_author.goal);
        goal.and_then(|goal| run.of_run(|run| run.goal_announcement(&goal))).unwrap_or_default()
    });
    view! {
        <p class="visually-hidden" role="status" aria-label="Goal">
            {goal}
        </p>
        <p class="visually-hidden" aria-live="polite">
            {text}
        </p>
    }
}
