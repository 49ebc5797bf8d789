//! The run's network with each block removed in turn, and with neighbours swapped.

use leptos::prelude::*;

use crate::app::components::{ChartAxes, Folded, LineChart, unique_id};
use crate::app::context::{use_experiment, use_run};
use crate::language::{marked, text, translated};
use crate::protocol::{Phase, TrainCommand};
use crate::run::{Activity, Run};
use crate::studies::ChartKind;

const KIND: ChartKind = ChartKind::Lesions;

/// A button, the finding, and the chart. The trainer of the run measures, and only while the run waits.
#[component]
pub(super) fn Lesions() -> impl IntoView {
    let (run, spec) = (use_run(), use_experiment().spec());
    let hint = unique_id("lesions");
    let report = Memo::new(move |_| run.of_run(|run| run.lesions.clone()).flatten());
    let can_measure = Memo::new(move |_| run.of_run(Run::can_be_measured).unwrap_or(false));
    let is_measuring =
        Memo::new(move |_| run.of_run(|run| matches!(run.activity, Activity::Trainer(Phase::LeavingOutBlocks { .. }))).unwrap_or(false));
    let of = move |text: fn(&crate::studies::ExperimentReport) -> &String| {
        Memo::new(move |_| report.with(|report| report.as_ref().map(|report| text(report).clone()).unwrap_or_default()))
    };
    let (finding, details) = (of(|report| &report.finding), of(|report| &report.details));
    let series = Memo::new(move |_| {
        let charts = report.with(|report| report.as_ref().map(|report| report.charts.clone()).unwrap_or_default());
        charts.into_iter().flat_map(|chart| chart.curves).collect::<Vec<_>>()
    });
    let axes = Memo::new(move |_| {
        // An empty chart is as wide as the network of the controls.
        let x_end = report.with(Option::is_none).then(|| spec.with(|spec| spec.blocks().len()) as f64);
        ChartAxes { y_format: KIND.y_format(), y_limits: KIND.y_limits(), x_end, ..ChartAxes::default() }
    });
    let note = move || match (is_measuring.get(), can_measure.get()) {
        (true, _) => text!("Measuring: the run goes on from where it is."),
        (false, true) => text!("Tests the network without each block, and with neighbours swapped, on the held-out images."),
        (false, false) => text!("Train a few steps, then pause or let the run finish."),
    };
    let measure = move |_| {
        if can_measure.get_untracked() {
            run.ask(TrainCommand::DropEachBlock);
        }
    };
    view! {
        <div class="gradients-part">
            <div class="gradients-row">
                <button
                    type="button"
                    class="quiet"
                    aria-disabled=move || (!can_measure.get()).to_string()
                    aria-describedby=hint.clone()
                    on:click=measure
                >
                    {text!("Remove one block at a time")}
                </button>
                <span class="gradients-note" id=hint>{note}</span>
            </div>
            <p class="gradients-finding" role="status" aria-label=text!("What the blocks are worth")>
                {finding}
            </p>
            <div hidden=move || details.with(String::is_empty)>
                <Folded title=text!("Worst block and swapped neighbours")>
                    <p class="gradients-note">{details}</p>
                </Folded>
            </div>
            <LineChart
                title=marked!("Blocks of this run")
                lead=Signal::stored(translated(KIND.subtitle()).to_owned())
                series
                x_label=KIND.x_label()
                axes
                with_table=true
                empty=text!("Train, then pause or finish: one click removes each block in turn.")
                height=170.0
                names_every_value=true
            />
        </div>
    }
}
