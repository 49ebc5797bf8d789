//! What each epoch came to.

use leptos::prelude::*;

use crate::app::components::{Column, DataTable};
use crate::app::context::use_run;
use crate::app::services::download::save_file;
use crate::evaluation::metrics::HeldOutMetrics;
use crate::experiment::callbacks::{EpochRecord, history_as_csv};
use crate::language::format::{self, decimals, magnitude};
use crate::language::{marked, text, tr};

const COLUMNS: &[Column] = &[
    Column::words(marked!("Epoch")),
    Column::number(marked!("Learning rate"), marked!("Step length of the optimizer at the end of the epoch")),
    Column::number(marked!("Loss"), marked!("Mean training loss over the images of the epoch, in nats")),
    Column::number(marked!("Accuracy"), marked!("Share of the epoch's training images classified correctly, each when it was learnt from")),
    Column::number(marked!("Validation"), marked!("Loss on images kept apart to choose by; only where some are")),
    Column::number(marked!("Held out"), marked!("Share of the held-out images classified correctly")),
    Column::number(marked!("Averaged"), marked!("The same with the moving average of the weights; only where there is one")),
];

/// A row for each epoch.
#[component]
pub fn EpochTable() -> impl IntoView {
    let run = use_run();
    // Counted first: the rows are made when an epoch ends, not ten times a second.
    let count = Memo::new(move |_| run.of_run(|run| (run.epochs.len(), run.epochs.last().map(|record| record.loss.to_bits()))));
    let rows = Memo::new(move |_| {
        count.with(|_| ());
        untrack(|| run.of_run(|run| run.epochs.iter().map(row).collect::<Vec<_>>())).unwrap_or_default()
    });
    let caption = move || {
        count.with(|_| ());
        untrack(|| run.of_run(|run| caption(&run.epochs))).unwrap_or_else(|| caption(&[]))
    };
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let save = move |_| {
        let table = untrack(|| run.of_run(|run| history_as_csv(&run.epochs))).unwrap_or_default();
        if !is_empty.get_untracked() {
            save_file("resnet-playground-epochs.csv", table.as_bytes());
        }
    };
    view! {
        <p class="this-run-caption">{caption}</p>
        <DataTable name=text!("Epoch by epoch") columns=COLUMNS rows />
        <div class="this-run-buttons">
            <button type="button" class="quiet" aria-disabled=move || is_empty.get().to_string() on:click=save>
                {text!("CSV of epochs")}
            </button>
        </div>
    }
}

fn row(record: &EpochRecord) -> Vec<String> {
    let measured = |metrics: Option<HeldOutMetrics>, text: fn(HeldOutMetrics) -> String| metrics.map_or_else(|| "–".to_owned(), text);
    vec![
        record.epoch.to_string(),
        magnitude(record.learning_rate),
        decimals(f64::from(record.loss), 4),
        share(record.accuracy),
        measured(record.validation, |metrics| decimals(f64::from(metrics.loss), 4)),
        percent(record.held_out),
        measured(record.averaged, percent),
    ]
}

fn caption(epochs: &[EpochRecord]) -> String {
    let Some(last) = epochs.last() else { return text!("No epoch is over yet.").into() };
    let best = epochs.iter().rev().find(|record| record.is_best);
    let best = best.map_or_else(String::new, |best| tr!("The validation loss was lowest after epoch {epoch}.", epoch = best.epoch));
    if last.stops { format!("{best} {}", text!("It did not fall any more, and the run ended early.")) } else { best }
}

/// Accuracy of a pass.
pub(super) fn percent(metrics: HeldOutMetrics) -> String {
    share(metrics.accuracy)
}

/// In percent with a decimal.
fn share(accuracy: f32) -> String {
    format::percent(f64::from(accuracy), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(epoch: usize, is_best: bool, stops: bool) -> EpochRecord {
        let held_out = HeldOutMetrics { step: 10 * epoch, loss: 2.0, accuracy: 0.256, images: 20 };
        EpochRecord {
            epoch,
            steps_done: 10 * epoch,
            learning_rate: 0.003,
            loss: 2.123_4,
            accuracy: 0.2,
            validation: Some(held_out),
            held_out,
            averaged: None,
            is_best,
            shortens_steps: false,
            stops,
        }
    }

    #[test]
    fn what_was_not_measured_is_a_dash() {
        assert_eq!(row(&record(2, true, false)), ["2", "3.0e-3", "2.1234", "20.0 %", "2.0000", "25.6 %", "–"]);
    }

    #[test]
    fn the_caption_names_the_best_epoch_and_an_early_end() {
        assert_eq!(caption(&[]), "No epoch is over yet.");
        let all = caption(&[record(1, true, false), record(2, false, true)]);
        assert_eq!(all, "The validation loss was lowest after epoch 1. It did not fall any more, and the run ended early.");
    }
}
