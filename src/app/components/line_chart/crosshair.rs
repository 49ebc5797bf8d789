//! The line at the pointer and a ring on each curve there: a layer of its own, so that moving the pointer redraws no curve.

use leptos::prelude::*;

use crate::drawing::plot::Reading;

use super::picture::{baseline, tenth};
use super::state::ChartState;

/// Outside of every picture.
const HIDDEN: f64 = -20.0;
/// Half of the words under the line, in pixels.
const HALF_WORDS: f64 = 48.0;

/// The layer over the picture.
#[component]
pub(super) fn Crosshair(
    /// The chart.
    state: ChartState,
) -> impl IntoView {
    let view_box = move || state.view_box();
    let is_shown = Memo::new(move |_| state.pointer().is_some());
    let curves = Memo::new(move |_| state.look(|chart| chart.curves.len()));
    let ring = move |place: usize| {
        // Of a curve without a value there it lies outside the picture.
        let at = move || {
            let reading = state.readings.with(|readings| readings.get(place).copied().flatten());
            reading.and_then(|reading: Reading| state.look(|chart| Some(chart.place(reading)))).unwrap_or((HIDDEN, HIDDEN))
        };
        let class = move || {
            format!("chart-ring {}", state.look(|chart| chart.curves.get(place).map(|curve| curve.role.css_class()).unwrap_or_default()))
        };
        view! { <circle class=class r="4" cx=move || tenth(at().0) cy=move || tenth(at().1) /> }
    };
    // The first curve that has a value gives the place.
    let first = Memo::new(move |_| state.readings.with(|readings| readings.iter().flatten().next().copied()));
    let hair_pixel = move || first.get().and_then(|reading| state.look(|chart| Some(chart.place(reading).0)));
    let hair = move || hair_pixel().map_or_else(|| HIDDEN.to_string(), tenth);
    let words = move || first.get().map(|reading| state.at_words(reading.x)).unwrap_or_default();
    let words_at = move || {
        let inside = |x: f64| {
            state.look(|chart| x.clamp(chart.area.left + HALF_WORDS, (chart.area.right - HALF_WORDS).max(chart.area.left + HALF_WORDS)))
        };
        hair_pixel().map_or_else(|| HIDDEN.to_string(), |x| tenth(inside(x)))
    };
    view! {
        <svg class="chart-crosshair" aria-hidden="true" viewBox=view_box>
            <Show when=move || is_shown.get()>
                <line
                    class="chart-hair"
                    x1=hair
                    x2=hair
                    y1=move || tenth(state.look(|chart| chart.area.top))
                    y2=move || tenth(state.look(|chart| chart.area.bottom))
                />
                <For each=move || 0..curves.get() key=|place| *place children=ring />
                <text class="chart-hair-words" text-anchor="middle" x=words_at y=move || tenth(state.look(baseline))>
                    {words}
                </text>
            </Show>
        </svg>
    }
}
