//! Over the drawing while the run has no trainer: the way to go on.

use leptos::prelude::*;

use crate::app::context::use_run;
use crate::language::{marked, text, translated};
use crate::run::{Run, Wanted};

const PARKED: &str = marked!("This run waits without its trainer, so that it takes no memory.");
const LOST: &str = marked!("The trainer was lost. The run goes on from the last epoch that was remembered.");
const LOST_BEFORE_AN_EPOCH: &str = marked!("The trainer was lost before an epoch could be remembered. The run begins again.");

/// Why the run waits, and “Continue”; nothing while it has its trainer.
#[component]
pub fn Poster() -> impl IntoView {
    let run = use_run();
    let waits = Memo::new(move |_| run.can_continue() && !run.is_finished());
    let is_parked = Memo::new(move |_| run.of_run(Run::is_parked).unwrap_or(false));
    let is_remembered = Memo::new(move |_| run.state().with(|state| state.is_remembered()));
    let sentence = move || match (is_parked.get(), is_remembered.get()) {
        (true, _) => translated(PARKED),
        (false, true) => translated(LOST),
        (false, false) => translated(LOST_BEFORE_AN_EPOCH),
    };
    view! {
        <Show when=move || waits.get()>
            <div class="embed-poster" role="status">
                <p>{sentence}</p>
                <button type="button" class="play" on:click=move |_| run.continue_from_memory(Wanted::Playing)>
                    {text!("Continue")}
                </button>
            </div>
        </Show>
    }
}
