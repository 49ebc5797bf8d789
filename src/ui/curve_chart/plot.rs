//! Axes, curves and crosshair as SVG.

use leptos::prelude::*;

use crate::plot::{Chart, DrawnCurve, PlacedTick, PlotArea};

const DOT_RADIUS: f64 = 2.4;
/// From an axis to its labels.
const LABEL_DISTANCE: f64 = 8.0;
/// From the middle of a line of text to its baseline.
const HALF_TEXT: f64 = 4.0;
/// Curves may leave the area by as much as their line is wide.
const OVERHANG: f64 = 3.0;

pub fn draw_plot(chart: &Chart, x_label: &'static str) -> impl IntoView + use<> {
    let area = chart.area;
    let inside =
        PlotArea { left: area.left - OVERHANG, top: area.top - OVERHANG, right: area.right + OVERHANG, bottom: area.bottom + OVERHANG };
    let [width, height] = [inside.width(), inside.height()];
    // An inner picture cuts off what leaves it, without an id that would have to be unique in the page.
    view! {
        {chart.y_ticks.iter().map(|tick| y_tick(tick, &area)).collect_view()}
        <line class="chart-axis" x1=area.left x2=area.right y1=area.bottom y2=area.bottom />
        {chart.x_ticks.iter().map(|tick| x_tick(tick, &area)).collect_view()}
        <text class="chart-label" x=area.right y=x_baseline(&area) text-anchor="end">
            {format!("{} {x_label}", chart.x_end.label)}
        </text>
        <svg x=inside.left y=inside.top width=width height=height viewBox=format!("{} {} {width} {height}", inside.left, inside.top)>
            {chart.curves.iter().map(draw_curve).collect_view()}
        </svg>
    }
}

fn y_tick(tick: &PlacedTick, area: &PlotArea) -> impl IntoView + use<> {
    let y = format!("{:.1}", tick.pixel);
    view! {
        <line class="chart-grid" x1=area.left x2=area.right y1=y.clone() y2=y />
        <text class="chart-label" x=area.left - LABEL_DISTANCE y=format!("{:.1}", tick.pixel + HALF_TEXT) text-anchor="end">
            {tick.label.clone()}
        </text>
    }
}

fn x_tick(tick: &PlacedTick, area: &PlotArea) -> impl IntoView + use<> {
    view! {
        <text class="chart-label" x=format!("{:.1}", tick.pixel) y=x_baseline(area) text-anchor="middle">
            {tick.label.clone()}
        </text>
    }
}

fn x_baseline(area: &PlotArea) -> f64 {
    area.bottom + LABEL_DISTANCE + 2.0 * HALF_TEXT
}

fn draw_curve(curve: &DrawnCurve) -> impl IntoView + use<> {
    let dot = |(x, y): &(f64, f64)| view! { <circle class="chart-dot" cx=format!("{x:.1}") cy=format!("{y:.1}") r=DOT_RADIUS /> };
    view! {
        <g class=format!("chart-curve {}", curve.role.css_class())>
            {curve.raw.clone().map(|raw| view! { <path class="chart-raw" d=raw /> })}
            <path class="chart-line" d=curve.line.clone() />
            {curve.dots.iter().map(dot).collect_view()}
        </g>
    }
}

/// A line at the point nearest to pixel `x`, and a ring on each curve there.
pub fn draw_crosshair(chart: &Chart, x: f64) -> impl IntoView + use<> {
    let readings = chart.readings_at(x);
    let (top, bottom) = (chart.area.top, chart.area.bottom);
    let line = readings.iter().flatten().next().map(|reading| {
        let x = format!("{:.1}", chart.place(*reading).0);
        view! { <line class="chart-hair" x1=x.clone() x2=x y1=top y2=bottom /> }
    });
    let rings = chart.curves.iter().zip(&readings).filter_map(|(curve, reading)| {
        let (x, y) = chart.place((*reading)?);
        let class = format!("chart-curve {}", curve.role.css_class());
        Some(view! {
            <g class=class>
                <circle class="chart-ring" cx=format!("{x:.1}") cy=format!("{y:.1}") r=4.0 />
            </g>
        })
    });
    view! {
        {line}
        {rings.collect_view()}
    }
}
