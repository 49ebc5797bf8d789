//! What the network says of some held-out images, renewed as it learns.

mod asking;
mod strip;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::Card;
use crate::app::context::use_run;
use crate::language::format::grouped;
use crate::language::{text, tr};
use crate::protocol::TrainCommand;
use crate::run::{Run, SampledPrediction, first_predictions};

use strip::Strip;

/// Images in the strip.
const MOST: usize = 16;

/// Up to sixteen held-out images, each with what the network takes it for.
#[component]
pub fn Predictions() -> impl IntoView {
    let run = use_run();
    asking::ask_now_and_then(run);
    // The answer is compared by its address: it is megabytes long.
    let answer = Memo::new_with_compare(
        move |_| run.of_run(|run| run.predictions.clone()).flatten(),
        |before: Option<&Option<Arc<Vec<u8>>>>, now| {
            let [before, now] = [before, now].map(|answer| answer.and_then(Option::as_ref).map(Arc::as_ptr));
            before != now
        },
    );
    let sample = Memo::new(move |_| {
        let sample = answer.with(|answer| answer.as_ref().and_then(|bytes| first_predictions(bytes, MOST)));
        sample.unwrap_or_default()
    });
    let names = Memo::new(move |_| run.of_run(Run::class_names).unwrap_or_default());
    let predictions = Memo::new(move |_| sample.with(|(_, predictions)| predictions.clone()));
    let is_empty = Memo::new(move |_| predictions.with(Vec::is_empty));
    let lead = Memo::new(move |_| sample.with(|(steps_done, predictions)| lead(*steps_done, predictions)));
    let can_ask = Memo::new(move |_| run.can_be_asked());
    let ask = move |_| {
        if can_ask.get_untracked() {
            run.ask(TrainCommand::Predict);
        }
    };
    view! {
        <Card title=text!("Predictions") lead class="predictions">
            <Show when=move || is_empty.get()>
                <p class="empty">
                    {text!("After the first epoch: held-out images with what the network takes them for. Orange frames are mistakes.")}
                </p>
                <Show when=move || can_ask.get()>
                    <button
                        type="button"
                        class="quiet"
                        title=text!("One pass over all held-out images and their mirror images")
                        on:click=ask
                    >
                        {text!("Predict now")}
                    </button>
                </Show>
            </Show>
            <Strip predictions names />
        </Card>
    }
}

/// `10 of 16 held-out images right after step 300`.
fn lead(steps_done: usize, predictions: &[SampledPrediction]) -> String {
    if predictions.is_empty() {
        return text!("held-out images, renewed as it learns").into();
    }
    let right = predictions.iter().filter(|prediction| prediction.is_right()).count();
    let (images, step) = (predictions.len(), grouped(steps_done));
    tr!("{right} of {images} held-out images right after step {step}", right, images, step)
}
