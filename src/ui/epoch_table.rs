//! What each epoch came to, and what the weights that were kept do on the held-out images.

use crate::evaluation::metrics::{HeldOutMetrics, TestMetrics, TestedWeights};
use crate::experiment::callbacks::{EpochRecord, history_as_csv};
use crate::format::magnitude;
use crate::protocol::TrainCommand;

use super::files::save_file;
use super::follow::{keep, keep_html, keep_text, listen};
use super::session::Session;
use super::signals::untrack;

/// Two tables, folded away.
pub const HTML: &str = "<details class=losses><summary>Epoch by epoch</summary><div class=table-frame><table data-testid=epochs><thead><tr>\
    <th scope=col>Epoch</th><th scope=col class=number-cell>Learning rate</th><th scope=col class=number-cell>Loss</th>\
    <th scope=col class=number-cell>Validation</th><th scope=col class=number-cell>Held out</th>\
    <th scope=col class=number-cell>Averaged</th></tr></thead><tbody id=epoch-rows></tbody></table></div>\
    <p class=caption id=epoch-caption>No epoch is over yet.</p>\
    <div class=table-frame><table data-testid=tests><thead><tr><th scope=col>Weights</th>\
    <th scope=col class=number-cell>Accuracy</th><th scope=col class=number-cell>With mirror images</th></tr></thead>\
    <tbody id=test-rows></tbody></table></div><div class=experiment-buttons><button class=quiet id=test-weights disabled>Test the weights</button>\
    <button class=quiet id=epochs-csv disabled>Save epochs as CSV</button></div></details>";

/// Keeps them.
pub fn start(session: Session) {
    keep_html("epoch-rows", move || session.of_run(|run| run.epochs.iter().map(row).collect()).unwrap_or_default());
    keep_text("epoch-caption", move || session.of_run(|run| caption(&run.epochs)).unwrap_or_else(|| caption(&[])));
    keep_html("test-rows", move || session.of_run(|run| run.tests.iter().map(test_row).collect()).unwrap_or_default());
    for button in ["test-weights", "epochs-csv"] {
        keep(button, "disabled", move || session.of_run(|run| run.epochs.is_empty()).unwrap_or(true));
    }
    listen("test-weights", &["click"], move |_| session.ask(TrainCommand::Test));
    listen("epochs-csv", &["click"], move |_| {
        let table = untrack(|| session.of_run(|run| history_as_csv(&run.epochs))).unwrap_or_default();
        save_file("resnet-playground-epochs.csv", table.as_bytes());
    });
}

fn row(record: &EpochRecord) -> String {
    let measured = |metrics: Option<HeldOutMetrics>, text: fn(HeldOutMetrics) -> String| metrics.map_or_else(|| "–".to_owned(), text);
    let cells = [
        magnitude(record.learning_rate),
        format!("{:.4}", record.loss),
        measured(record.validation, |metrics| format!("{:.4}", metrics.loss)),
        percent(record.held_out),
        measured(record.averaged, percent),
    ];
    let cells: String = cells.iter().map(|cell| format!("<td class=number-cell>{cell}</td>")).collect();
    format!("<tr><th scope=row>{}</th>{cells}</tr>", record.epoch)
}

fn caption(epochs: &[EpochRecord]) -> String {
    let Some(last) = epochs.last() else { return "No epoch is over yet.".into() };
    let best = epochs.iter().rev().find(|record| record.is_best);
    let best = best.map_or_else(String::new, |best| format!("The validation loss was lowest after epoch {}.", best.epoch));
    let stopped = if last.stops { " It did not fall any more, and the run ended early." } else { "" };
    best + stopped
}

fn test_row(test: &TestMetrics) -> String {
    let which = match test.weights {
        TestedWeights::Last => "last",
        TestedWeights::Average => "averaged",
        TestedWeights::Best => "best epoch",
    };
    let [plain, mirrored] = [test.plain, test.with_mirror_images].map(percent);
    format!("<tr><th scope=row>{which}</th><td class=number-cell>{plain}</td><td class=number-cell>{mirrored}</td></tr>")
}

fn percent(metrics: HeldOutMetrics) -> String {
    format!("{:.1} %", metrics.accuracy * 100.0)
}
