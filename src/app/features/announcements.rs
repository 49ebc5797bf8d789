//! What a screen reader hears of the run: results, not phases, and not more often than every 15 seconds.

use std::time::Duration;

use leptos::prelude::*;

use crate::app::context::use_run;
use crate::app::services::clock::now_ms;
use crate::run::Run;

/// Least time between two announcements.
const PAUSE_MS: f64 = 15_000.0;

/// A live region with the newest result of the run.
#[component]
pub fn Announcements() -> impl IntoView {
    let run = use_run();
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
    view! {
        <p class="visually-hidden" aria-live="polite">
            {text}
        </p>
    }
}
