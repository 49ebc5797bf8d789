//! Names and values of the curves: the last ones, or those under the crosshair.

use leptos::prelude::*;

use crate::plot::{Chart, Reading, ValueFormat};

#[component]
pub fn Legend(
    chart: Memo<Option<Chart>>,
    /// Pixels from the left of the picture.
    pointer: RwSignal<Option<f64>>,
    x_label: Signal<&'static str>,
    y_format: Signal<ValueFormat>,
) -> impl IntoView {
    let entries = move || {
        chart.with(|chart| {
            let chart = chart.as_ref()?;
            let readings = match pointer.get() {
                Some(x) => chart.readings_at(x),
                None => chart.curves.iter().map(|curve| curve.last).collect(),
            };
            let entries = chart.curves.iter().zip(&readings).map(|(curve, reading)| {
                let value = reading.map(|reading| y_format.get().value(reading.y));
                view! {
                    <span class=format!("chart-entry {}", curve.role.css_class())>
                        <span class="chart-key" aria-hidden="true"></span>
                        {curve.name.clone()}
                        " "
                        <strong>{value}</strong>
                    </span>
                }
            });
            let place = pointer.get().and_then(|_| place_of(&readings)).map(|x| {
                view! { <span class="chart-place">{format!("after {} {}", ValueFormat::Count.value(x), x_label.get())}</span> }
            });
            Some(view! {
                {place}
                {entries.collect_view()}
            })
        })
    };
    view! { <p class="chart-legend">{entries}</p> }
}

/// The first curve that has a value gives the place, as it gives the crosshair's line.
fn place_of(readings: &[Option<Reading>]) -> Option<f64> {
    readings.iter().flatten().next().map(|reading| reading.x)
}
