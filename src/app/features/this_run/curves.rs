//! Loss and accuracy as they come, against the steps.

use leptos::prelude::*;

use crate::app::components::{CHART_HEIGHT, ChartAxes, CurveSeries, LineChart, ValueFormat};
use crate::app::context::{use_experiment, use_run, use_view};
use crate::experiment::AuthorCurve;
use crate::language::{marked, text, translated};
use crate::run::{CurveQuantity, CurvesVersion, Run};

const EMPTY: &str = marked!("Press Play: each step adds a point, each epoch a green one.");

/// Mean cross-entropy of the batches and of the held-out images.
#[component]
pub fn LossChart(
    /// Height of the picture in pixels.
    #[prop(default = CHART_HEIGHT)]
    height: f64,
) -> impl IntoView {
    let logarithmic = RwSignal::new(false);
    let x_end = x_end();
    let axes = Signal::derive(move || ChartAxes { x_end: x_end.get(), y_logarithmic: logarithmic.get(), ..ChartAxes::default() });
    let switch = move || {
        view! {
            <button
                type="button"
                class="quiet curves-scale"
                title=text!("Logarithmic scale: equal distances are equal ratios")
                aria-pressed=move || logarithmic.get().to_string()
                on:click=move |_| logarithmic.update(|logarithmic| *logarithmic ^= true)
            >
                {text!("log")}
            </button>
        }
    };
    view! {
        <LineChart
            title=marked!("Loss")
            series=series(CurveQuantity::Loss)
            x_label=marked!("steps")
            axes
            empty=translated(EMPTY)
            height
            tools=switch
        />
    }
}

/// Share of the batches and of the held-out images that is right.
#[component]
pub fn AccuracyChart(
    /// Height of the picture in pixels.
    #[prop(default = CHART_HEIGHT)]
    height: f64,
) -> impl IntoView {
    let x_end = x_end();
    let axes = Signal::derive(move || ChartAxes {
        x_end: x_end.get(),
        y_format: ValueFormat::Percent,
        y_limits: Some([0.0, 1.0]),
        ..ChartAxes::default()
    });
    view! {
        <LineChart
            title=marked!("Accuracy")
            series=series(CurveQuantity::Accuracy)
            x_label=marked!("steps")
            axes
            empty=translated(EMPTY)
            height
        />
    }
}

/// The run there is, the author's of the link, and those drawn behind it, or the two that are compared.
fn series(quantity: CurveQuantity) -> Signal<Vec<CurveSeries>> {
    let (state, view) = (use_run().state(), use_view());
    let version = Memo::new(move |_| state.with(|state| state.history.version()));
    // Earlier runs change seldom: their curves are made then, not ten times a second.
    let earlier = Memo::new(move |_| {
        version.get();
        state.with_untracked(|state| quantity.earlier(state))
    });
    let drawn = Memo::new(move |_| state.with(CurvesVersion::of));
    Signal::derive(move || {
        drawn.get();
        if state.with_untracked(|state| state.history.compared().is_some()) {
            return state.with_untracked(|state| quantity.now(state));
        }
        let author = view.from_author.with(|from_author| from_author.curve.as_ref().and_then(|curve| quantity.of_author(curve)));
        let now = state.with_untracked(|state| if author.is_some() { quantity.yours(state) } else { quantity.now(state) });
        now.into_iter().chain(author).chain(earlier.get()).collect()
    })
}

/// Before the first run the axis shows what Play would do.
fn x_end() -> Memo<Option<f64>> {
    let (run, experiment, view) = (use_run(), use_experiment(), use_view());
    Memo::new(move |_| {
        let planned = || experiment.get().hyperparameters.total_steps();
        let author = view.from_author.with(|from_author| from_author.curve.as_ref().map(AuthorCurve::steps)).unwrap_or(0);
        Some(run.of_run(Run::steps_to_show).unwrap_or_else(planned).max(author) as f64)
    })
}
