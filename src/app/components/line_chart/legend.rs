//! Names and values of the curves.

use leptos::prelude::*;

use super::state::ChartState;

/// Each curve with the value at the crosshair, or with its last one.
#[component]
pub(super) fn Legend(
    /// The chart.
    state: ChartState,
    /// Whether the last value says where a curve stands, as in a run; along other axes it is one of many.
    names_last: bool,
) -> impl IntoView {
    let curves = Memo::new(move |_| state.look(|chart| chart.curves.len()));
    let entry = move |place: usize| {
        let class = Memo::new(move |_| {
            let role = state.look(|chart| chart.curves.get(place).map(|curve| curve.role.css_class()).unwrap_or_default());
            format!("chart-entry {role}")
        });
        let name = Memo::new(move |_| state.look(|chart| chart.curves.get(place).map(|curve| curve.name.clone()).unwrap_or_default()));
        let value = Memo::new(move |_| {
            let reading = state.readings.with(|readings| readings.get(place).copied().flatten());
            let reading = reading.filter(|_| names_last || state.pointer().is_some());
            reading.map(|reading| state.axes.get().y_format.value(reading.y)).unwrap_or_default()
        });
        view! {
            <span class=class>
                <span class="chart-key" aria-hidden="true"></span>
                {name}
                " "
                <strong>{value}</strong>
            </span>
        }
    };
    view! {
        <p class="chart-legend">
            <For each=move || 0..curves.get() key=|place| *place children=entry />
        </p>
    }
}
