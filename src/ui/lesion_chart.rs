//! Accuracy of the trained network with each block left out in turn.

use leptos::prelude::*;

use crate::lesion::{curves, finding};
use crate::plot::ValueFormat;
use crate::protocol::{Phase, TrainCommand};
use crate::run_state::{Activity, Run};

use super::curve_chart::CurveChart;
use super::session::Session;

/// A panel with a button: the trainer of the run measures, and only while the run waits.
#[component]
pub fn LesionChart() -> impl IntoView {
    let session = Session::of_page();
    let series = Signal::derive(move || session.of_run(|run| curves(&run.lesions, blocks_per_stage(run), blocks(run))).unwrap_or_default());
    let waits = move || session.of_run(can_measure).unwrap_or(false);
    let sentence = move || session.of_run(|run| finding(&run.lesions, run.plan.request.network.skip_connections)).flatten();
    view! {
        <CurveChart
            title="Without one block"
            subtitle="held-out accuracy when a block of the trained network is left out"
            series
            x_label="blocks"
            y_format=ValueFormat::Percent
            y_limits=Some([0.0, 1.0])
            empty="Train, then pause or finish: one click leaves each block out in turn."
        >
            <div class="experiment-buttons">
                <button class="quiet" disabled=move || !waits() on:click=move |_| session.ask(TrainCommand::DropEachBlock)>
                    "Leave out each block in turn"
                </button>
            </div>
            <p class="finding" aria-live="polite" data-testid="lesion-finding">
                {sentence}
            </p>
        </CurveChart>
    }
}

fn can_measure(run: &Run) -> bool {
    matches!(run.activity, Activity::Trainer(Phase::Paused | Phase::Finished)) && !run.steps.is_empty()
}

fn blocks(run: &Run) -> usize {
    run.plan.request.network.stages * blocks_per_stage(run)
}

fn blocks_per_stage(run: &Run) -> usize {
    crate::spec::ResNetSpec::new(run.plan.request.network.clone()).map_or(1, |spec| spec.depth().blocks_per_stage())
}
