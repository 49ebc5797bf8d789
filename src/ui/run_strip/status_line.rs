//! What is going on and what the network costs, in one line with a bar.

use leptos::prelude::*;

use crate::figures::{duration, grouped};
use crate::run_state::{Progress, Run};
use crate::ui::session::Session;

use super::cost_summary::CostSummary;

/// Sentence, bar, steps, time.
#[component]
pub fn StatusLine() -> impl IntoView {
    let session = Session::of_page();
    let status = Memo::new(move |_| session.of_run(Run::status));
    let announcement = Memo::new(move |_| session.of_run(Run::announcement));
    let progress = Memo::new(move |_| session.of_run(Run::progress).unwrap_or(Progress::None));
    let share = move || if let Progress::Share(share) = progress.get() { Some((share * 1000.0).round() / 10.0) } else { None };
    let pending = move || session.needs_restart.get().then_some("This run still has its earlier settings.");
    let steps = move || session.of_run(|run| format!("step {} of {}", grouped(run.steps_done()), grouped(run.total_steps())));
    let elapsed = move || session.of_run(|run| duration(run.training_ms));
    view! {
        <div class="status" class:idle=move || status.with(Option::is_none)>
            <div class="status-words">
                <span data-testid="phase">{move || status.get().unwrap_or_else(|| "Ready: press Play to train this network in this tab".into())}</span>
                <span class="status-number" title="Weight updates done, and of the whole run">{steps}</span>
                <span class="status-number" title="Time spent in training steps; loading, pauses and held-out passes are not counted">{elapsed}</span>
                <span class="pending">{pending}</span>
                <CostSummary />
            </div>
            <div
                class="progress"
                class:unknown=move || progress.get() == Progress::Unknown
                role="progressbar"
                aria-label="Progress"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || share().map(|share| share.to_string())
            >
                <div class="progress-bar" style:width=move || share().map(|share| format!("{share}%"))></div>
            </div>
            <p class="visually-hidden" aria-live="polite">{move || announcement.get()}</p>
        </div>
    }
}
