//! Why training stopped, and the way out.

use leptos::prelude::*;

use crate::protocol::TrainError;
use crate::run_state::Activity;

use super::session::Session;

/// The trainer's sentence with Restart beside it; nothing while all is well.
#[component]
pub fn FailureNotice() -> impl IntoView {
    let session = Session::of_page();
    // A memo: the buttons must not be made anew while events still come.
    let error = Memo::new(move |_| {
        session.of_run(|run| if let Activity::Failed(error) = &run.activity { Some(error.clone()) } else { None }).flatten()
    });
    let halve = move |_| {
        session.experiment.update(|experiment| experiment.hyperparameters.learning_rate /= 2.0);
        session.restart();
    };
    view! {
        {move || {
            error.get().map(|error| {
                let diverged = matches!(error, TrainError::Diverged { .. });
                view! {
                    <div class="notice problem" role="alert" data-testid="failure">
                        <p>{capitalised(&error.to_string())}</p>
                        {diverged.then(|| view! { <button class="quiet" on:click=halve>"Halve the learning rate"</button> })}
                        <button
                            class="quiet"
                            on:click=move |_| session.restart()
                            disabled=move || !session.can_begin()
                            title="A new trainer with the settings above"
                        >
                            "Restart"
                        </button>
                    </div>
                }
            })
        }}
    }
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| std::iter::once(first.to_ascii_uppercase()).chain(letters).chain(['.']).collect())
}
