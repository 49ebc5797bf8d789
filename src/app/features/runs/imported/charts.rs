//! Curves of the groups that are drawn, with their spread.

use leptos::prelude::*;

use crate::app::components::{ChartAxes, CurveBand, LineChart, ValueFormat};
use crate::app::context::use_imported_results;
use crate::language::{marked, text};
use crate::studies::sweep::{GroupCurve, Quantity};

/// Room over the highest value, so that its line is whole.
const AIR: f64 = 1.04;

/// Held-out accuracy and training loss.
#[component]
pub fn SweepCharts() -> impl IntoView {
    view! {
        <SweepChart title=marked!("Held-out accuracy of the sweep") quantity=Quantity::HeldOutAccuracy format=ValueFormat::Percent />
        <SweepChart title=marked!("Training loss of the sweep") quantity=Quantity::TrainingLoss format=ValueFormat::Plain />
    }
}

#[component]
fn SweepChart(
    /// Its name.
    title: &'static str,
    /// What its curves are.
    quantity: Quantity,
    /// Numbers of its y axis.
    format: ValueFormat,
) -> impl IntoView {
    let imported = use_imported_results();
    let table = imported.table();
    let curves = Memo::new(move |_| {
        table.with(|table| {
            let drawn = table.groups.iter().enumerate().filter(|(place, _)| imported.is_drawn(*place));
            drawn.map(|(place, group)| GroupCurve::new(group, quantity, place)).collect::<Vec<_>>()
        })
    });
    let series = Signal::derive(move || curves.with(|curves| curves.iter().map(|curve| curve.mean.clone()).collect::<Vec<_>>()));
    let bands = Signal::derive(move || curves.with(|curves| curves.iter().map(|curve| curve.band.clone()).collect::<Vec<CurveBand>>()));
    let axes = Signal::derive(move || {
        let highest = curves.with(|curves| curves.iter().filter_map(GroupCurve::highest).reduce(f64::max));
        // The chart itself looks at its lines alone.
        let y_limits = highest.filter(|highest| *highest > 0.0).map(|highest| [0.0, highest * AIR]);
        ChartAxes { y_format: format, y_limits, ..ChartAxes::default() }
    });
    view! {
        <LineChart
            title
            series
            bands
            x_label=marked!("epochs")
            axes
            with_table=true
            empty=text!("No run of the groups that are drawn has finished: draw others, or train these again.")
        />
    }
}
