//! Play / Pause, Step, Reset.

use leptos::prelude::*;

use crate::app::components::{Icon, IconShape};
use crate::app::context::{use_experiment, use_run};
use crate::language::format::sentence;
use crate::language::text;

use super::prefetch::prefetch_when;

/// The three buttons of the run. They are never `disabled`, so that they never lose the focus.
#[component]
pub fn Player() -> impl IntoView {
    let (run, experiment) = (use_run(), use_experiment());
    let playing = Memo::new(move |_| run.is_playing());
    let can_play = Memo::new(move |_| run.can_play());
    let why = move || {
        let problem = || experiment.problems().with(|problems| problems.first().map(|problem| sentence(&problem.sentence)));
        if run.is_finished() && !run.plays_next() {
            text!("This run is finished: train more epochs, or begin a new run.").into()
        } else if run.is_over() && !run.is_finished() {
            text!("This run has stopped: the sentence under the bar says why.").into()
        } else if !can_play.get() {
            problem().unwrap_or_else(|| text!("There are no images to train on yet.").into())
        } else if playing.get() {
            text!("Pause after this step (p)").into()
        } else {
            text!("Train this network in this tab (p)").to_owned()
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
    let is_near = RwSignal::new(false);
    let comes_near = move || is_near.set(true);
    prefetch_when(is_near.into());
    view! {
        <div
            class="player"
            role="group"
            aria-label=text!("Player")
            on:pointerenter=move |_| comes_near()
            on:focusin=move |_| comes_near()
        >
            <button type="button" class="play" title=why aria-disabled=move || (!can_play.get()).to_string() on:click=toggle>
                <Icon shape />
                {move || if playing.get() { text!("Pause") } else { text!("Play") }}
            </button>
            <button
                type="button"
                class="quiet"
                title=text!("Train one step, and look inside the network (s)")
                aria-disabled=move || (!can_play.get()).to_string()
                on:click=step
            >
                {text!("Step")}
            </button>
            <button
                type="button"
                class="quiet"
                title=text!("End this run. Its curves stay, to compare with.")
                aria-disabled=move || (!exists.get()).to_string()
                on:click=move |_| run.reset()
            >
                {text!("Reset")}
            </button>
        </div>
    }
}
