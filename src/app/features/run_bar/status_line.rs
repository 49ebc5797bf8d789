//! What is going on, in one line whose parts keep their places.

use leptos::prelude::*;

use crate::app::context::{Dataset, use_dataset, use_run};
use crate::language::format::{duration, grouped, rough_duration};
use crate::language::{text, tr};
use crate::run::Run;

use super::offers::Offers;

/// The phase of the run, how far it is, and what can be done next.
#[component]
pub fn StatusLine() -> impl IntoView {
    let (run, dataset) = (use_run(), use_dataset());
    let phase = Memo::new(move |_| {
        run.of_run(Run::phase_words).unwrap_or_else(|| match dataset.get() {
            Dataset::Loading => text!("Loading the data set…"),
            Dataset::Missing(_) => text!("There are no images to train on yet"),
            Dataset::Loaded(_) if run.can_begin() => text!("Ready: press Play to train this network in this tab"),
            Dataset::Loaded(_) => text!("Some settings cannot be used yet: the sentences beside them say why"),
        })
    });
    // While it trains, phases take turns every second: what is read aloud then are results, see `announcements`.
    let live = move || if run.is_playing() { "off" } else { "polite" };
    let detail = Memo::new(move |_| run.of_run(detail).unwrap_or_default());
    view! {
        <div class="run-status">
            <span class="run-phase" role="status" aria-label=text!("Status") aria-live=live>
                {phase}
            </span>
            <span class="run-detail">{detail}</span>
            <Offers />
        </div>
    }
}

/// Steps, and the time they took.
fn detail(run: &Run) -> String {
    let (done, total, time) = (grouped(run.steps_done()), grouped(run.total_steps()), duration(run.training_ms));
    let extent = match run.remaining_ms().map(rough_duration) {
        Some(left) => tr!("step {done} of {total} · {time}, about {left} left", done, total, time, left),
        None => tr!("step {done} of {total} · {time}", done, total, time),
    };
    let phase = run.phase_detail();
    // Last, so that it moves nothing when it comes and goes.
    let phase = if phase.is_empty() { phase } else { format!(" · {phase}") };
    extent + &phase
}
