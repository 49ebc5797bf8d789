//! Accuracy of the run's network with each block left out in turn, and with neighbours swapped.

use leptos::prelude::*;

use crate::experiments::ChartKind;
use crate::protocol::{Phase, TrainCommand};
use crate::run_state::{Activity, Run};

use super::curve_chart::CurveChart;
use super::session::Session;
use super::shown::{text, whether};

/// A panel with a button: the trainer of the run measures, and only while the run waits.
#[component]
pub fn LesionChart() -> impl IntoView {
    let session = Session::of_page();
    let report = Memo::new(move |_| session.of_run(|run| run.lesions.clone()).flatten());
    let series = Signal::derive(move || {
        report
            .with(|report| report.as_ref().map(|report| report.charts.iter().flat_map(|chart| chart.curves.clone()).collect()))
            .unwrap_or_default()
    });
    let waits = move || session.of_run(can_measure).unwrap_or(false);
    let finding = move || report.with(|report| report.as_ref().map(|report| report.finding.clone())).unwrap_or_default();
    let kind = ChartKind::Lesions;
    view! {
        <CurveChart
            title="Blocks of this run"
            subtitle=kind.subtitle()
            series
            x_label=kind.x_label()
            y_format=kind.y_format()
            y_limits=kind.y_limits()
            empty="Train, then pause or finish: one click leaves each block out in turn."
        >
            <div class="experiment-buttons">
                <button class="quiet" disabled=whether(move || !waits()) on:click=move |_| session.ask(TrainCommand::DropEachBlock)>
                    "Leave out each block in turn"
                </button>
            </div>
            <p class="finding" aria-live="polite" data-testid="lesion-finding">
                {text(finding)}
            </p>
        </CurveChart>
    }
}

fn can_measure(run: &Run) -> bool {
    matches!(run.activity, Activity::Trainer(Phase::Paused | Phase::Finished)) && !run.steps.is_empty()
}
