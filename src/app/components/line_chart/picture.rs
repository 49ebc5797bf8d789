//! Axes and curves.

use leptos::prelude::*;

use crate::drawing::plot::{Chart, DrawnCurve, PlacedTick};

use super::state::ChartState;

/// From an axis to its labels, in pixels.
const LABEL_DISTANCE: f64 = 8.0;
/// From the middle of a line of text to its baseline.
const HALF_TEXT: f64 = 4.0;
/// Curves may leave the area by as much as their line is wide.
const OVERHANG: f64 = 3.0;

/// The picture that is seen, named by a sentence.
#[component]
pub(super) fn Picture(
    /// The chart.
    state: ChartState,
    /// What it shows, in words.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    // Zeros before the picture is laid out: a browser complains of attributes without a number.
    let pixels = move |look: fn(&Chart) -> f64| move || tenth(state.look(look));
    let view_box = move || state.view_box();
    let inside = move || {
        let area = state.look(|chart| {
            let area = &chart.area;
            [area.left - OVERHANG, area.top - OVERHANG, area.width() + 2.0 * OVERHANG, area.height() + 2.0 * OVERHANG]
        });
        area.map(tenth).join(" ")
    };
    let curves = Memo::new(move |_| state.look(|chart| chart.curves.len()));
    let bands = Memo::new(move |_| state.bands.with(Vec::len));
    let x_ticks = Memo::new(move |_| state.look(|chart| chart.x_ticks.len()));
    let y_ticks = Memo::new(move |_| state.look(|chart| chart.y_ticks.len()));
    let labels = Memo::new(move |_| state.look(|chart| chart.line_labels().len()));
    view! {
        <svg class="chart-picture" role="img" aria-label=name viewBox=view_box>
            <For each=move || 0..y_ticks.get() key=|place| *place let:place>
                <YTick state place />
            </For>
            <line
                class="chart-axis"
                x1=pixels(|chart| chart.area.left)
                x2=pixels(|chart| chart.area.right)
                y1=pixels(|chart| chart.area.bottom)
                y2=pixels(|chart| chart.area.bottom)
            />
            <For each=move || 0..x_ticks.get() key=|place| *place let:place>
                <text
                    class="chart-label"
                    text-anchor="middle"
                    x=move || x_tick(state, place, |tick| tenth(tick.pixel))
                    y=pixels(baseline)
                >
                    {move || x_tick(state, place, |tick| tick.label.clone())}
                </text>
            </For>
            <text class="chart-label" text-anchor="end" x=pixels(|chart| chart.area.right) y=pixels(baseline)>
                {move || state.look(|chart| format!("{} {}", chart.x_end.label, state.x_label))}
            </text>
            // An inner picture cuts off what leaves it, without an id that would have to be unique in the page.
            <svg
                x=pixels(|chart| chart.area.left - OVERHANG)
                y=pixels(|chart| chart.area.top - OVERHANG)
                width=pixels(|chart| chart.area.width() + 2.0 * OVERHANG)
                height=pixels(|chart| chart.area.height() + 2.0 * OVERHANG)
                viewBox=inside
            >
                <For each=move || 0..bands.get() key=|place| *place let:place>
                    <Band state place />
                </For>
                <For each=move || 0..curves.get() key=|place| *place let:place>
                    <Curve state place />
                </For>
            </svg>
            <For each=move || 0..labels.get() key=|place| *place let:place>
                <LineLabelView state place />
            </For>
        </svg>
    }
}

/// A line across the picture with its number.
#[component]
fn YTick(
    /// The chart.
    state: ChartState,
    /// Which of its ticks.
    place: usize,
) -> impl IntoView {
    let tick = move |look: fn(&Chart, &PlacedTick) -> String| {
        move || state.look(|chart| chart.y_ticks.get(place).map(|tick| look(chart, tick)).unwrap_or_default())
    };
    view! {
        <line
            class="chart-grid"
            x1=tick(|chart, _| tenth(chart.area.left))
            x2=tick(|chart, _| tenth(chart.area.right))
            y1=tick(|_, tick| tenth(tick.pixel))
            y2=tick(|_, tick| tenth(tick.pixel))
        />
        <text
            class="chart-label"
            text-anchor="end"
            x=tick(|chart, _| tenth(chart.area.left - LABEL_DISTANCE))
            y=tick(|_, tick| tenth(tick.pixel + HALF_TEXT))
        >
            {tick(|_, tick| tick.label.clone())}
        </text>
    }
}

/// The area between the lowest and the highest of several runs.
#[component]
fn Band(
    /// The chart.
    state: ChartState,
    /// Which of its bands.
    place: usize,
) -> impl IntoView {
    let class = move || {
        let role = state.bands.with(|bands| bands.get(place).map(|band| band.role.css_class()).unwrap_or_default());
        format!("chart-band {role}")
    };
    let path = move || state.bands.with(|bands| bands.get(place).map(|band| state.look(|chart| chart.band_path(band))).unwrap_or_default());
    view! { <path class=class d=path /> }
}

/// One curve: its values as they came, its line, its dots.
#[component]
fn Curve(
    /// The chart.
    state: ChartState,
    /// Which of its curves.
    place: usize,
) -> impl IntoView {
    let class = move || format!("chart-curve {}", of_curve(state, place, |curve| curve.role.css_class()));
    let dots = Memo::new(move |_| of_curve(state, place, |curve| curve.dots.len()));
    let dot = move |dot: usize, look: fn(&(f64, f64)) -> f64| {
        move || of_curve(state, place, |curve| curve.dots.get(dot).map(|dot| tenth(look(dot))).unwrap_or_default())
    };
    view! {
        <g class=class>
            <path class="chart-raw" d=move || of_curve(state, place, |curve| curve.raw.clone().unwrap_or_default()) />
            <path class="chart-line" d=move || of_curve(state, place, |curve| curve.line.clone()) />
            <For each=move || 0..dots.get() key=|place| *place let:place>
                <circle class="chart-dot" r="2.6" cx=dot(place, |dot| dot.0) cy=dot(place, |dot| dot.1) />
            </For>
        </g>
    }
}

/// The name of an earlier run at the end of its line.
#[component]
fn LineLabelView(
    /// The chart.
    state: ChartState,
    /// Which of its labels.
    place: usize,
) -> impl IntoView {
    let label = Memo::new(move |_| state.look(|chart| chart.line_labels().get(place).cloned()));
    let of = move |look: fn(&crate::drawing::plot::LineLabel) -> String| {
        move || label.with(|label| label.as_ref().map(look).unwrap_or_default())
    };
    view! {
        <text
            class=of(|label| format!("chart-line-label {}", label.role.css_class()))
            text-anchor="end"
            x=of(|label| tenth(label.x))
            y=of(|label| tenth(label.y))
        >
            {of(|label| label.text.clone())}
        </text>
    }
}

fn of_curve<T: Default>(state: ChartState, place: usize, look: impl FnOnce(&DrawnCurve) -> T) -> T {
    state.look(|chart| chart.curves.get(place).map(look).unwrap_or_default())
}

fn x_tick(state: ChartState, place: usize, look: fn(&PlacedTick) -> String) -> String {
    state.look(|chart| chart.x_ticks.get(place).map(look).unwrap_or_default())
}

/// Baseline of the numbers along the x axis.
pub(super) fn baseline(chart: &Chart) -> f64 {
    chart.area.bottom + LABEL_DISTANCE + 2.0 * HALF_TEXT
}

/// A tenth of a pixel is finer than any screen.
pub(super) fn tenth(pixels: f64) -> String {
    format!("{pixels:.1}")
}
