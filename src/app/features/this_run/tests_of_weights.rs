//! What the weights that a run has kept do on the held-out images.

use leptos::prelude::*;

use crate::app::components::{Column, DataTable};
use crate::app::context::use_run;
use crate::evaluation::metrics::{TestMetrics, TestedWeights};
use crate::language::{marked, text};
use crate::protocol::TrainCommand;

use super::epoch_table::percent;

const COLUMNS: &[Column] = &[
    Column::words(marked!("Weights")),
    Column::number(marked!("Accuracy"), marked!("Share of the held-out images classified correctly")),
    Column::number(marked!("With mirror images"), marked!("The same, each image judged together with its mirror image")),
];

/// A button that tests the last, the averaged and the best weights, and a table of what came of it.
#[component]
pub fn TestsOfKeptWeights() -> impl IntoView {
    let run = use_run();
    let can_ask = Memo::new(move |_| run.can_be_asked());
    let rows = Memo::new(move |_| run.of_run(|run| run.tests.iter().map(row).collect::<Vec<_>>()).unwrap_or_default());
    let ask = move |_| {
        if can_ask.get_untracked() {
            run.ask(TrainCommand::Test);
        }
    };
    view! {
        <p class="this-run-caption">
            {text!(
                "The weights of the last step; their moving average and those of the best validation loss where the settings keep them."
            )}
        </p>
        <div class="this-run-buttons">
            <button
                type="button"
                class="quiet"
                title=text!("Passes over all held-out images with each, as they are and with their mirror images")
                aria-disabled=move || (!can_ask.get()).to_string()
                on:click=ask
            >
                {text!("Test last, average and best weights")}
            </button>
        </div>
        <DataTable name=text!("Tests of kept weights") columns=COLUMNS rows />
    }
}

fn row(test: &TestMetrics) -> Vec<String> {
    let which = match test.weights {
        TestedWeights::Last => text!("last"),
        TestedWeights::Average => text!("average"),
        TestedWeights::Best => text!("best epoch"),
    };
    vec![which.to_owned(), percent(test.plain), percent(test.with_mirror_images)]
}
