//! What is going on and what the network costs, in one line with a bar.

use crate::format::{duration, grouped, rough_duration};
use crate::run::{Progress, Run};
use crate::ui::follow::{follow, keep, keep_attribute, keep_text};
use crate::ui::markup::say;
use crate::ui::parts;
use crate::ui::session::{Dataset, Session};

use super::{cost_summary, probe};

const WORDS: &str = r#"<div class=status id=status><div class=status-words><span data-testid=phase id=phase></span>
<span class=status-number id=status-steps title="Weight updates done, and of the whole run"></span>
<span class=status-number id=status-time title="Time spent in training steps; loading, pauses and held-out passes are not counted"></span>
<span class=pending id=pending></span>"#;
const BAR: &str = "</div><div id=progress class=progress role=progressbar aria-label=Progress aria-valuemin=0 aria-valuemax=100>\
    <div class=progress-bar id=progress-bar></div></div>\
    <p class=visually-hidden aria-live=polite id=announcement></p></div>";

/// Sentence, bar, steps, time.
pub fn html() -> String {
    [WORDS, cost_summary::HTML, probe::HTML, BAR].concat()
}

/// Keeps them.
pub fn start(session: Session) {
    keep("status", "className", move || if session.of_run(|_| ()).is_some() { "status" } else { "status idle" });
    follow(move || {
        if session.of_run(|_| ()).is_none() {
            say("phase", waiting(session));
        }
    });
    keep_text("pending", move || if session.needs_restart.get() { "This run still has its earlier settings." } else { "" });
    cost_summary::start(session);
    probe::keep_button(session);
}

/// Keeps what there is to say about a run.
pub fn start_run_part(session: Session) {
    let progress = move || session.of_run(Run::progress).unwrap_or(Progress::None);
    let share = move || if let Progress::Share(share) = progress() { Some(((share * 1000.0).round() / 10.0).to_string()) } else { None };
    follow(move || {
        if let Some(status) = session.of_run(Run::status) {
            say("phase", &status);
        }
    });
    keep_text("status-steps", move || {
        session.of_run(|run| format!("step {} of {}", grouped(run.steps_done()), grouped(run.total_steps()))).unwrap_or_default()
    });
    keep_text("status-time", move || session.of_run(time).unwrap_or_default());
    keep("progress", "className", move || if progress() == Progress::Unknown { "progress unknown" } else { "progress" });
    keep_attribute("progress", "aria-valuenow", share);
    keep_attribute("progress-bar", "style", move || share().map(|share| format!("width:{share}%")));
    keep_text("announcement", move || session.of_run(Run::announcement).unwrap_or_default());
    cost_summary::start_run_part(session);
    probe::start(session);
}

fn time(run: &Run) -> String {
    let left = run.remaining_ms().map_or_else(String::new, |left| format!(", about {} left", rough_duration(left)));
    duration(run.training_ms) + &left
}

/// What Play waits for.
fn waiting(session: Session) -> &'static str {
    session.dataset.with(|dataset| match dataset {
        Dataset::Loading => "Loading the data set…",
        Dataset::Missing(_) => "There are no images to train on yet",
        Dataset::Loaded(_) if parts::run_is_late() => "Loading what trains it…",
        Dataset::Loaded(_) if session.can_begin() => "Ready: press Play to train this network in this tab",
        Dataset::Loaded(_) => "Some settings cannot be used yet",
    })
}
