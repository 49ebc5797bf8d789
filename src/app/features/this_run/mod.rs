//! The run there is: its numbers, its curves, its tables.

mod curves;
mod epoch_table;
mod figures;
mod from_author;
mod gap;
mod loss_table;
mod tests_of_weights;

use leptos::prelude::*;

use crate::app::components::{Card, Folded, InTurn};
use crate::app::context::use_run;
use crate::language::format::{duration, grouped, rough_duration};
use crate::language::{text, tr};
use crate::run::Run;

use epoch_table::EpochTable;
use figures::Figures;
use gap::ExplainedGap;
use loss_table::LossTable;

pub use curves::{AccuracyChart, LossChart};
pub use from_author::FromAuthorLines;
pub use tests_of_weights::TestsOfKeptWeights;

/// Numbers and curves of the run as they come.
#[component]
pub fn ThisRun() -> impl IntoView {
    let run = use_run();
    let lead = Memo::new(move |_| run.of_run(lead).unwrap_or_else(|| text!("no run yet").into()));
    let note = Memo::new(move |_| run.of_run(|run| run.note.clone()).flatten());
    let kernels = Memo::new(move |_| run.of_run(|run| run.kernels.clone()).flatten());
    view! {
        <Card title=text!("This run") lead class="this-run">
            <Figures />
            <FromAuthorLines />
            // There before its words change, so that they are read aloud.
            <p class="this-run-note" role="status" aria-label=text!("Note")>
                {note}
            </p>
            <InTurn>
                <LossChart />
                <AccuracyChart />
            </InTurn>
            <InTurn>
                <ExplainedGap />
            </InTurn>
            <Folded title=text!("Loss of every step")>
                <LossTable />
            </Folded>
            <Folded title=text!("Epoch by epoch")>
                <EpochTable />
            </Folded>
            <Folded title=text!("Tests of kept weights")>
                <TestsOfKeptWeights />
            </Folded>
            {move || {
                kernels.get().map(|kernels| view! { <p class="this-run-kernels">{tr!("Kernels of this GPU: {kernels}.", kernels)}</p> })
            }}
        </Card>
    }
}

/// How far the run is: `epoch 9 of 20 · 31 s left · saved up to step 218`.
fn lead(run: &Run) -> String {
    let epochs = run.plan.experiment.hyperparameters.epochs;
    let mut parts = vec![tr!("epoch {epoch} of {epochs}", epoch = run.epoch().max(1), epochs = grouped(epochs))];
    match run.remaining_ms() {
        Some(left) => parts.push(tr!("{time} left", time = rough_duration(left))),
        None if run.is_over() && run.training_ms > 0.0 => parts.push(tr!("{time} of training", time = duration(run.training_ms))),
        None => {}
    }
    if let Some(step) = run.kept {
        parts.push(tr!("saved up to step {step}", step = grouped(step)));
    }
    parts.join(" · ")
}
