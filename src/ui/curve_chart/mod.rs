//! A chart of curves that grow while training runs.
//!
//! All geometry comes from [`crate::plot::Chart`], which thins ten thousand points to what the pixels
//! can show and writes them as SVG.

mod summary;

use leptos::html::Div;
use leptos::prelude::*;

use super::element_width::element_width;
use super::shown::{some_text, text, whether};
use crate::plot::{Chart, ChartAxes, ValueFormat};

pub use crate::plot::{CurveRole, CurveSeries};

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
    let of_chart = move |write: &dyn Fn(&Chart) -> String| chart.with(|chart| chart.as_ref().map(write)).unwrap_or_default();
    // None before the width is known: an empty one would be an error in the console.
    let box_of_view = some_text(move || chart.with(|chart| chart.as_ref().map(view_box)));
    let label = text(move || of_chart(&|chart| summary(title, x_label.get(), y_format.get(), chart)));
    let picture = text(move || of_chart(&|chart| chart.picture(x_label.get())));
    // A layer of its own: moving the pointer redraws two lines, not the curves.
    let crosshair = text(move || pointer.get().map(|x| of_chart(&|chart| chart.crosshair(x))).unwrap_or_default());
    let legend = text(move || of_chart(&|chart| chart.legend(pointer.get(), x_label.get(), y_format.get())));
    view! {
        <section class="panel curve-chart" aria-labelledby=id.clone()>
            <div class="panel-head">
                <h2 id=id.clone()>{title}</h2>
                <p class="panel-lead">{subtitle}</p>
                <p class="chart-legend" inner_html=legend></p>
            </div>
            <div class="chart-canvas" node_ref=canvas on:pointermove=follow on:pointerdown=follow on:pointerleave=move |_| pointer.set(None)>
                <svg class="chart" viewBox=box_of_view role="img" aria-label=label inner_html=picture></svg>
                <svg class="chart chart-crosshair" viewBox=box_of_view aria-hidden="true" inner_html=crosshair></svg>
                <p class="chart-empty" hidden=whether(move || !is_empty.get())>{empty}</p>
            </div>
            {children.map(|children| children())}
        </section>
    }
}

fn view_box(chart: &Chart) -> String {
    format!("0 0 {:.0} {:.0}", chart.width, chart.height)
}
