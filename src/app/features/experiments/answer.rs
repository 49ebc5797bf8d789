//! What an experiment is busy with, and what it found.

use leptos::{html, prelude::*};

use crate::app::components::{Folded, ProgressBar};
use crate::app::context::use_studies;
use crate::language::text;
use crate::run::StudyRun;

/// Progress with “Stop”, then the finding, and folded under it what it rests on.
#[component]
pub(super) fn Answer(
    /// Takes the focus when “Stop” vanishes while it has it.
    on_vanishing_focus: Callback<()>,
) -> impl IntoView {
    let studies = use_studies();
    let state = studies.state();
    let of = move |text: fn(&StudyRun) -> String| Memo::new(move |_| state.with(|state| state.as_ref().map(text).unwrap_or_default()));
    let progress = of(|under_way| under_way.report.progress.clone());
    let details = of(|under_way| under_way.report.details.clone());
    let background = of(|under_way| under_way.question.background().into());
    // Said aloud once while it is measured; the moving numbers are not.
    let finding = of(|under_way| if under_way.is_over() { under_way.report.finding.clone() } else { text!("Measuring…").into() });
    let share =
        Memo::new(move |_| state.with(|state| state.as_ref().map(|under_way| under_way.report.share_done).filter(|share| *share > 0.0)));
    let is_running = Memo::new(move |_| studies.is_running());
    let stop = NodeRef::<html::Button>::new();
    let is_shown = RwSignal::new(false);
    Effect::new(move |_| {
        let running = is_running.get();
        let loses_focus = !running && stop.get_untracked().is_some_and(|stop| document().active_element().as_ref() == Some(stop.as_ref()));
        if loses_focus {
            on_vanishing_focus.run(());
        }
        is_shown.set(running);
    });
    view! {
        <div class="experiments-progress" hidden=move || !is_shown.get()>
            <ProgressBar label=text!("Experiment") share is_active=is_running />
            <p>{progress}</p>
            <button type="button" class="quiet" node_ref=stop on:click=move |_| studies.stop()>
                {text!("Stop")}
            </button>
        </div>
        <p class="experiments-finding" class:waiting=move || is_running.get() role="status" aria-label=text!("Finding")>
            {finding}
        </p>
        <div hidden=move || details.with(String::is_empty)>
            <Folded title=text!("Settings and caveats")>
                <p class="experiments-details">{background}</p>
                <p class="experiments-details">{details}</p>
            </Folded>
        </div>
    }
}
