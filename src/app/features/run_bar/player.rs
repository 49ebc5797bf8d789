//! Play / Pause, Step, Reset.

use leptos::prelude::*;

use crate::app::components::{Icon, IconShape};
use crate::app::context::{use_experiment, use_run};
use crate::format::sentence;

/// The three buttons of the run. They are never `disabled`, so that they never lose the focus.
#[component]
pub fn Player() -> impl IntoView {
    let (run, experiment) = (use_run(), use_experiment());
    let playing = Memo::new(move |_| run.is_playing());
    let can_play = Memo::new(move |_| if run.exists() { !run.is_over() } else { run.can_begin() });
    let why = move || {
        let problem = || experiment.problems().with(|problems| problems.first().map(|problem| sentence(&problem.sentence)));
        if run.is_finished() {
            "This run is finished: train more epochs, or begin a new run.".into()
        } else if run.is_over() {
            "This run has stopped: the sentence under the bar says why.".into()
        } else if !can_play.get() {
            problem().unwrap_or_else(|| "There are no images to train on yet.".into())
        } else if playing.get() {
            "Pause after this step (p)".into()
        } else {
            "Train this network in this tab (p)".to_owned()
        }
    };
    let shape = Signal::derive(move || if playing.get() { IconShape::Pause } else { IconShape::Play });
    let toggle = move |_| {
        if can_play.get_untracked() {
            run.toggle();
        }
    };
    let step = move |_| {
        if can_play.get_untracked() {
            run.step();
        }
    };
    let exists = Memo::new(move |_| run.exists());
    view! {
        <div class="player" role="group" aria-label="Player">
            <button type="button" class="play" title=why aria-disabled=move || (!can_play.get()).to_string() on:click=toggle>
                <Icon shape />
                {move || if playing.get() { "Pause" } else { "Play" }}
            </button>
            <button
                type="button"
                class="quiet"
                title="Train one step, and look inside the network (s)"
                aria-disabled=move || (!can_play.get()).to_string()
                on:click=step
            >
                "Step"
            </button>
            <button
                type="button"
                class="quiet"
                title="End this run. Its curves stay, to compare with."
                aria-disabled=move || (!exists.get()).to_string()
                on:click=move |_| run.reset()
            >
                "Reset"
            </button>
        </div>
    }
}
