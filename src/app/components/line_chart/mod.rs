//! A chart of curves that may grow while training runs.
//!
//! ```text
//! series ── Chart (core: smoothing, thinning to pixels, scales) ──► state ──► picture, crosshair, legend
//! ```
//!
//! Elements stay while the curves grow: only their attributes and words change.

mod crosshair;
mod legend;
mod picture;
mod points_table;
mod state;

use leptos::{ev, html, prelude::*};
use leptos_use::{UseElementSizeReturn, use_element_size};

use super::{SavePicture, unique_id};
use crate::drawing::palette::Palette;
use crate::drawing::plot::{points_as_csv, saved_chart_with_bands};
use crate::language::{tr, translated};

pub use crate::drawing::plot::{ChartAxes, CurveBand, CurveRole, CurveSeries, ValueFormat};

use crosshair::Crosshair;
use legend::Legend;
use picture::Picture;
use points_table::PointsTable;
use state::ChartState;

/// Height of the picture in pixels, where nothing else is asked for.
pub const CHART_HEIGHT: f64 = 200.0;

/// Curves over an x axis that starts at 0, in a region named by the title.
///
/// The picture is as wide as its place. It is named by a sentence of its values, for those who do not see it. The pointer, or
/// the arrow keys once the picture has the focus, read values off the curves: they stand in the legend.
#[component]
pub fn LineChart(
    /// Heading, name of the region, and first words of the sentence, as `marked!` marks it.
    title: &'static str,
    /// Half a sentence beside the heading.
    #[prop(optional, into)]
    lead: Option<Signal<String>>,
    /// The curves, in the order of the legend.
    #[prop(into)]
    series: Signal<Vec<CurveSeries>>,
    /// What lies between the lowest and the highest of several runs, behind the curves.
    #[prop(optional, into)]
    bands: Signal<Vec<CurveBand>>,
    /// What the x axis counts, in the plural, as `marked!` marks it: `steps`.
    x_label: &'static str,
    /// What the axes carry.
    #[prop(into)]
    axes: Signal<ChartAxes>,
    /// Shown while there are no points: what has to be done to get some.
    empty: &'static str,
    /// Height of the picture in pixels.
    #[prop(default = CHART_HEIGHT)]
    height: f64,
    /// Whether the sentence names every value, and the legend none before one is pointed at, rather than the last one of each curve: for
    /// charts of few points.
    #[prop(optional)]
    names_every_value: bool,
    /// Whether the points can be unfolded as a table, where the page has no other table of them.
    #[prop(optional)]
    with_table: bool,
    /// What stands beside the heading: a switch.
    #[prop(optional, into)]
    tools: Option<ViewFn>,
    /// What stands under the picture.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let heading = unique_id("chart");
    // What other programs read stays English.
    let (name, columns) = (title, [x_label, title]);
    let (title, x_label) = (translated(title), translated(x_label));
    let place = NodeRef::<html::Div>::new();
    let UseElementSizeReturn { width, .. } = use_element_size(place);
    let state = ChartState::new(series, bands, axes, x_label, Signal::derive(move || width.get()), height);
    let sentence = Memo::new(move |_| state.sentence(title, names_every_value));
    let is_empty = Memo::new(move |_| state.chart.with(|chart| chart.as_ref().is_none_or(crate::drawing::plot::Chart::is_empty)));
    // Its children take no pointer events, so the offset is from the left of the picture.
    let follow = move |event: ev::PointerEvent| state.point_at(f64::from(event.offset_x()));
    let key = move |event: ev::KeyboardEvent| {
        if state.key(&event.key()) {
            event.prevent_default();
        }
    };
    let draw = Callback::new(move |palette: Palette| {
        Some(series.with(|series| bands.with(|bands| saved_chart_with_bands(title, x_label, series, bands, &axes.get(), &palette))))
    });
    let all = Signal::derive(move || {
        let ends = bands.with(|bands| bands.iter().flat_map(CurveBand::ends).collect::<Vec<_>>());
        series.with(|series| series.iter().cloned().chain(ends).collect::<Vec<_>>())
    });
    let format = Signal::derive(move || axes.get().y_format);
    let numbers = Callback::new(move |()| points_as_csv(columns, &all.get(), format.get()));
    let table = with_table.then(|| view! { <PointsTable title x_label series=all format /> });
    view! {
        <section class="chart" aria-labelledby=heading>
            <div class="chart-head">
                <h3 id=heading.clone()>{title}</h3>
                {lead.map(|lead| view! { <p class="chart-lead">{lead}</p> })}
                <div class="chart-tools">{tools.map(|tools| tools.run())} <SavePicture title=name draw numbers /></div>
                <Legend state names_last=!names_every_value />
            </div>
            <div
                class="chart-canvas"
                style:height=format!("{height}px")
                node_ref=place
                role="group"
                tabindex="0"
                aria-label=tr!("{title}: read values with the arrow keys", title)
                on:pointermove=follow
                on:pointerdown=follow
                on:pointerleave=move |_| state.leave()
                on:keydown=key
                on:blur=move |_| state.leave()
            >
                <Picture state name=sentence />
                <Crosshair state />
                <p class="chart-empty" hidden=move || !is_empty.get()>
                    {empty}
                </p>
            </div>
            <p class="visually-hidden" aria-live="polite">
                {move || state.spoken()}
            </p>
            {children.map(|children| children())}
            {table}
        </section>
    }
}
