//! What is going on, in one line whose parts keep their places.

use leptos::prelude::*;

use crate::app::context::{Dataset, use_dataset, use_run};
use crate::format::{duration, grouped, rough_duration};
use crate::run::Run;

use super::offers::Offers;

/// The phase of the run, how far it is, and what can be done next.
#[component]
pub fn StatusLine() -> impl IntoView {
    let (run, dataset) = (use_run(), use_dataset());
    let phase = Memo::new(move |_| {
        run.of_run(Run::phase_words).unwrap_or_else(|| match dataset.get() {
            Dataset::Loading => "Loading the data set…",
            Dataset::Missing(_) => "There are no images to train on yet",
            Dataset::Loaded(_) if run.can_begin() => "Ready: press Play to train this network in this tab",
            Dataset::Loaded(_) => "Some settings cannot be used yet: the sentences beside them say why",
        })
    });
    // While it trains, phases take turns every second: what is read aloud then are results, see `announcements`.
    let live = move || if run.is_playing() { "off" } else { "polite" };
    let detail = Memo::new(move |_| run.of_run(detail).unwrap_or_default());
    view! {
        <div class="run-status">
            <span class="run-phase" role="status" aria-label="Status" aria-live=live>
                {phase}
            </span>
            <span class="run-detail">{detail}</span>
            <Offers />
        </div>
    }
}

/// Steps, and the time they took.
fn detail(run: &Run) -> String {
    let steps = format!("step {} of {}", grouped(run.steps_done()), grouped(run.total_steps()));
    let left = run.remaining_ms().map_or_else(String::new, |left| format!(", about {} left", rough_duration(left)));
    let phase = run.phase_detail();
    // Last, so that it moves nothing when it comes and goes.
    let phase = if phase.is_empty() { phase } else { format!(" · {phase}") };
    format!("{steps} · {}{left}{phase}", duration(run.training_ms))
}
