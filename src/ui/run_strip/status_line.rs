//! What is going on and what the network costs, in one line with a bar.

use leptos::prelude::*;

use crate::figures::{duration, grouped};
use crate::run_state::{Progress, Run};
use crate::ui::session::{Dataset, Session};
use crate::ui::shown::{some_text, text, whether};

use super::cost_summary::CostSummary;

/// Sentence, bar, steps, time.
#[component]
pub fn StatusLine() -> impl IntoView {
    let session = Session::of_page();
    let status = move || session.of_run(Run::status);
    let announcement = move || session.of_run(Run::announcement);
    let progress = move || session.of_run(Run::progress).unwrap_or(Progress::None);
    let share = move || if let Progress::Share(share) = progress() { Some((share * 1000.0).round() / 10.0) } else { None };
    let pending = move || session.needs_restart.get().then_some("This run still has its earlier settings.");
    let steps = move || session.of_run(|run| format!("step {} of {}", grouped(run.steps_done()), grouped(run.total_steps())));
    let elapsed = move || session.of_run(|run| duration(run.training_ms));
    view! {
        <div class="status" class:idle=whether(move || status().is_none())>
            <div class="status-words">
                <span data-testid="phase">{text(move || status().unwrap_or_else(|| waiting(session).into()))}</span>
                <span class="status-number" title="Weight updates done, and of the whole run">{text(move || steps().unwrap_or_default())}</span>
                <span class="status-number" title="Time spent in training steps; loading, pauses and held-out passes are not counted">{text(move || elapsed().unwrap_or_default())}</span>
                <span class="pending">{text(move || pending().unwrap_or_default())}</span>
                <CostSummary />
            </div>
            <div
                class="progress"
                class:unknown=whether(move || progress() == Progress::Unknown)
                role="progressbar"
                aria-label="Progress"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=some_text(move || share().map(|share| share.to_string()))
            >
                <div class="progress-bar" style:width=text(move || share().map(|share| format!("{share}%")).unwrap_or_default())></div>
            </div>
            <p class="visually-hidden" aria-live="polite">{text(move || announcement().unwrap_or_default())}</p>
        </div>
    }
}

/// What Play waits for.
fn waiting(session: Session) -> &'static str {
    match session.dataset.get() {
        Dataset::Loading => "Loading the data set…",
        Dataset::Missing(_) => "There are no images to train on yet",
        Dataset::Loaded(_) if session.can_begin() => "Ready: press Play to train this network in this tab",
        Dataset::Loaded(_) => "Some settings cannot be used yet",
    }
}
