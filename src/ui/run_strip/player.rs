//! Play / Pause, Step, Reset.

use leptos::prelude::*;

use crate::run_state::{Run, RunState};
use crate::ui::session::Session;

/// The three buttons.
#[component]
pub fn Player() -> impl IntoView {
    let session = Session::of_page();
    let playing = Memo::new(move |_| session.run.with(RunState::is_playing));
    let over = Memo::new(move |_| session.of_run(Run::is_over));
    let can_begin = Memo::new(move |_| session.can_begin());
    // With a run Play and Step go on with it; without one they begin it.
    let idle = move || over.get().unwrap_or_else(|| !can_begin.get());
    let play_title = move || match (over.get(), can_begin.get()) {
        (Some(true), _) => "This run is over: Reset makes way for the next one",
        (None, false) => "Some settings cannot be used yet: see the marked fields",
        _ if playing.get() => "Pause after the step under way (Space)",
        _ => "Train this network in this tab (Space)",
    };
    let applies = Memo::new(move |_| session.needs_restart.get() && can_begin.get());
    let reset = move |_| if applies.get_untracked() { session.apply_changes() } else { session.reset() };
    let reset_title =
        move || if applies.get() { "Begin the run again with the settings shown now" } else { "End the run and clear its curves" };
    view! {
        <div class="player">
            <button type="button" class="play" on:click=move |_| session.toggle() disabled=idle title=play_title>
                <svg viewBox="0 0 12 12" width="13" height="13" aria-hidden="true">
                    <path d=move || if playing.get() { "M2 1h3v10H2zM7 1h3v10H7z" } else { "M2 .8v10.4L11 6z" } fill="currentColor" />
                </svg>
                {move || if playing.get() { "Pause" } else { "Play" }}
            </button>
            <button type="button" class="quiet" on:click=move |_| session.step() disabled=idle title="Train one step, then pause">
                "Step"
            </button>
            <button
                type="button"
                class="quiet reset"
                class:applies=applies
                on:click=reset
                disabled=move || over.get().is_none()
                title=reset_title
            >
                {move || if applies.get() { "Apply changes" } else { "Reset" }}
            </button>
        </div>
    }
}
