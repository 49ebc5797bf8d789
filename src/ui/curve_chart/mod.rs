//! A chart of curves that grow while training runs.
//!
//! All geometry comes from [`crate::plot::Chart`], which thins ten thousand points to what the pixels
//! can show; the files here turn it into SVG.

mod legend;
mod plot;
mod summary;

use leptos::html::Div;
use leptos::prelude::*;

use super::element_width::element_width;
use crate::plot::{Chart, ChartAxes, ValueFormat};

pub use crate::plot::{CurveRole, CurveSeries};

use legend::Legend;
use plot::{draw_crosshair, draw_plot};
use summary::summary;

/// Height of the picture in pixels.
const HEIGHT: f64 = 176.0;

/// A panel with one curve for each of `series`.
#[component]
pub fn CurveChart(
    /// Name of the panel, also its id in the page: unique.
    title: &'static str,
    /// Half a sentence on what is shown.
    subtitle: &'static str,
    /// The curves, in the order of the legend.
    #[prop(into)]
    series: Signal<Vec<CurveSeries>>,
    /// What the x axis counts, for example `steps`.
    #[prop(into)]
    x_label: Signal<&'static str>,
    /// Where the x axis ends at least: the end of the run, when that is known.
    #[prop(optional, into)]
    x_end: Signal<Option<f64>>,
    /// What the y axis carries.
    #[prop(optional, into)]
    y_format: Signal<ValueFormat>,
    /// Ends of the y axis, when they are known beforehand.
    #[prop(optional, into)]
    y_limits: Signal<Option<[f64; 2]>>,
    /// Shown while there are no points: what has to be done to get some.
    empty: &'static str,
    /// What stands below the picture.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let canvas = NodeRef::<Div>::new();
    let width = element_width(canvas);
    let chart = Memo::new(move |_| {
        let axes = ChartAxes { y_format: y_format.get(), y_limits: y_limits.get(), x_end: x_end.get() };
        width.get().map(|width| series.with(|series| Chart::new(series, &axes, width, HEIGHT)))
    });
    let is_empty = Memo::new(move |_| chart.with(|chart| chart.as_ref().is_none_or(Chart::is_empty)));
    // Pixels from the left of the picture to the pointer.
    let pointer = RwSignal::new(None::<f64>);
    let follow = move |event: leptos::ev::PointerEvent| {
        let left = canvas.get_untracked().map_or(0.0, |canvas| canvas.get_bounding_client_rect().left());
        pointer.set(Some(f64::from(event.client_x()) - left));
    };
    let id = format!("{}-chart", title.to_ascii_lowercase().replace(' ', "-"));
    let picture = move || {
        chart.with(|chart| {
            let chart = chart.as_ref()?;
            let label = summary(title, x_label.get(), y_format.get(), chart);
            Some(view! {
                <svg class="chart" viewBox=view_box(chart) role="img" aria-label=label>
                    {draw_plot(chart, x_label.get())}
                </svg>
            })
        })
    };
    // A layer of its own: moving the pointer redraws two lines, not the curves.
    let crosshair = move || {
        let x = pointer.get()?;
        chart.with(|chart| {
            let chart = chart.as_ref()?;
            Some(view! {
                <svg class="chart chart-crosshair" viewBox=view_box(chart) aria-hidden="true">
                    {draw_crosshair(chart, x)}
                </svg>
            })
        })
    };
    view! {
        <section class="panel curve-chart" aria-labelledby=id.clone()>
            <div class="panel-head">
                <h2 id=id.clone()>{title}</h2>
                <p class="panel-lead">{subtitle}</p>
                <Legend chart pointer x_label y_format />
            </div>
            <div class="chart-canvas" node_ref=canvas on:pointermove=follow on:pointerdown=follow on:pointerleave=move |_| pointer.set(None)>
                {picture}
                {crosshair}
                <Show when=move || is_empty.get()>
                    <p class="chart-empty">{empty}</p>
                </Show>
            </div>
            {children.map(|children| children())}
        </section>
    }
}

fn view_box(chart: &Chart) -> String {
    format!("0 0 {:.0} {:.0}", chart.width, chart.height)
}
