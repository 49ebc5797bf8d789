//! The line at the pointer and a ring on each curve there: a layer of its own, so that moving the pointer redraws no curve.

use leptos::prelude::*;

use crate::drawing::plot::Reading;

use super::picture::tenth;
use super::state::ChartState;

/// The layer over the picture.
#[component]
pub(super) fn Crosshair(
    /// The chart.
    state: ChartState,
) -> impl IntoView {
    let view_box = move || state.look(|chart| format!("0 0 {:.0} {:.0}", chart.width, chart.height));
    let is_shown = Memo::new(move |_| state.pointer().is_some());
    let curves = Memo::new(move |_| state.look(|chart| chart.curves.len()));
    let ring = move |place: usize| {
        // Of a curve without a value there it lies outside the picture.
        let at = move || {
            let reading = state.readings.with(|readings| readings.get(place).copied().flatten());
            reading.and_then(|reading: Reading| state.look(|chart| Some(chart.place(reading)))).unwrap_or((-20.0, -20.0))
        };
        let class = move || format!("chart-ring {}", state.look(|chart| chart.curves.get(place).map(|curve| curve.role.css_class()).unwrap_or_default()));
        view! { <circle class=class r="4" cx=move || tenth(at().0) cy=move || tenth(at().1) /> }
    };
    let hair = move || {
        let first = state.readings.with(|readings| readings.iter().flatten().next().copied());
        first.and_then(|reading| state.look(|chart| Some(chart.place(reading).0))).map_or_else(|| "-20".to_owned(), tenth)
    };
    view! {
        <svg class="chart-crosshair" aria-hidden="true" viewBox=view_box>
            <Show when=move || is_shown.get()>
                <line
                    class="chart-hair"
                    x1=hair
                    x2=hair
                    y1=move || state.look(|chart| tenth(chart.area.top))
                    y2=move || state.look(|chart| tenth(chart.area.bottom))
                />
                <For each=move || 0..curves.get() key=|place| *place children=ring />
            </Show>
        </svg>
    }
}
