//! The curves of an experiment.

use leptos::prelude::*;

use crate::app::components::{ChartAxes, LineChart};
use crate::app::context::use_studies;
use crate::language::{text, translated};
use crate::studies::{ChartKind, ExperimentChart};

/// A chart of each kind that the experiment measures.
#[component]
pub(super) fn Charts() -> impl IntoView {
    let state = use_studies().state();
    let kinds = Memo::new(move |_| {
        state.with(|state| state.as_ref().map(|under_way| under_way.report.charts.iter().map(|chart| chart.kind).collect::<Vec<_>>()))
    });
    view! {
        <div class="experiments-charts">
            <For each=move || kinds.get().unwrap_or_default() key=|kind| kind.title() let:kind>
                <ChartOfKind kind />
            </For>
        </div>
    }
}

/// One chart.
#[component]
fn ChartOfKind(
    /// What it shows.
    kind: ChartKind,
) -> impl IntoView {
    let state = use_studies().state();
    let find = move |state: &Option<crate::run::StudyRun>| -> Option<ExperimentChart> {
        state.as_ref().and_then(|under_way| under_way.report.charts.iter().find(|chart| chart.kind == kind).cloned())
    };
    let chart = Memo::new(move |_| state.with(find));
    let series = Memo::new(move |_| chart.with(|chart| chart.as_ref().map(|chart| chart.curves.clone()).unwrap_or_default()));
    let axes = Memo::new(move |_| {
        let x_end = chart.with(|chart| chart.as_ref().map(|chart| chart.x_end));
        ChartAxes { y_format: kind.y_format(), y_limits: kind.y_limits(), x_end, ..ChartAxes::default() }
    });
    let is_of_few_points = matches!(kind, ChartKind::LossByDepth | ChartKind::Lesions);
    view! {
        <LineChart
            title=kind.title()
            lead=Signal::stored(translated(kind.subtitle()).to_owned())
            series
            x_label=kind.x_label()
            axes
            with_table=true
            empty=text!("Nothing measured yet.")
            names_every_value=is_of_few_points
        />
    }
}
