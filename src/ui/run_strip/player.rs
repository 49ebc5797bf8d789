//! Play / Pause, Step, Reset.

use leptos::prelude::*;

use crate::run_state::{Run, RunState};
use crate::ui::session::Session;
use crate::ui::shown::{text, whether};

/// The three buttons.
#[component]
pub fn Player() -> impl IntoView {
    let session = Session::of_page();
    let playing = whether(move || session.run.with(RunState::is_playing));
    let over = move || session.of_run(Run::is_over);
    let can_begin = whether(move || session.can_begin());
    // With a run Play and Step go on with it; without one they begin it.
    let idle = whether(move || over().unwrap_or_else(|| !can_begin.get()));
    let none = whether(move || over().is_none());
    let play_title = text(move || match (over(), can_begin.get()) {
        (Some(true), _) => "This run is over: Reset makes way for the next one",
        (None, false) => "Not yet: see the line below and the marked fields",
        _ if playing.get() => "Pause after the step under way (Space)",
        _ => "Train this network in this tab (Space)",
    });
    let applies = whether(move || session.needs_restart.get() && can_begin.get());
    let reset = move |_| if applies.get_untracked() { session.apply_changes() } else { session.reset() };
    let reset_title =
        text(move || if applies.get() { "Begin the run again with the settings shown now" } else { "End the run and clear its curves" });
    view! {
        <div class="player">
            <button type="button" class="play" on:click=move |_| session.toggle() disabled=idle title=play_title>
                <svg viewBox="0 0 12 12" width="13" height="13" aria-hidden="true">
                    <path d=text(move || if playing.get() { "M2 1h3v10H2zM7 1h3v10H7z" } else { "M2 .8v10.4L11 6z" }) fill="currentColor" />
                </svg>
                {text(move || if playing.get() { "Pause" } else { "Play" })}
            </button>
            <button type="button" class="quiet" on:click=move |_| session.step() disabled=idle title="Train one step, then pause">
                "Step"
            </button>
            <button
                type="button"
                class="quiet reset"
                class:applies=applies
                on:click=reset
                disabled=none
                title=reset_title
            >
                {text(move || if applies.get() { "Apply changes" } else { "Reset" })}
            </button>
        </div>
    }
}
