//! Loss and accuracy as they come, against the steps; gradients along the network.

use leptos::prelude::*;

use crate::gradient_profile::profile;
use crate::metrics::LayerGradients;
use crate::plot::ValueFormat;
use crate::run_state::Run;
use crate::spec::ResNetSpec;

use super::curve_chart::{CurveChart, CurveRole, CurveSeries};
use super::session::Session;

const EMPTY: &str = "Press Play: each step adds a point, each epoch a green one.";

/// Loss on the batches and on the held-out images.
#[component]
pub fn LossChart() -> impl IntoView {
    let session = Session::of_page();
    let series = Signal::derive(move || {
        let training = points(session, |run| run.steps.iter().map(|step| (step.step as f64, f64::from(step.loss))).collect());
        let held_out = points(session, |run| run.held_out.iter().map(|pass| (pass.step as f64, f64::from(pass.loss))).collect());
        both(training, held_out)
    });
    let x_end = Signal::derive(move || x_end(session));
    view! { <CurveChart title="Loss" subtitle="" series x_label="steps" x_end empty=EMPTY /> }
}

/// Accuracy on the batches and on the held-out images.
#[component]
pub fn AccuracyChart() -> impl IntoView {
    let session = Session::of_page();
    let series = Signal::derive(move || {
        let training = points(session, |run| run.steps.iter().map(|step| (step.step as f64, f64::from(step.accuracy))).collect());
        let held_out = points(session, |run| run.held_out.iter().map(|pass| (pass.step as f64, f64::from(pass.accuracy))).collect());
        both(training, held_out)
    });
    let x_end = Signal::derive(move || x_end(session));
    view! {
        <CurveChart
            title="Accuracy"
            subtitle=""
            series
            x_label="steps"
            x_end
            y_format=ValueFormat::Percent
            y_limits=[0.0, 1.0]
            empty=EMPTY
        />
    }
}

/// The gradient along the network, now and at the first step.
#[component]
pub fn GradientChart() -> impl IntoView {
    let session = Session::of_page();
    let series = Signal::derive(move || session.of_run(gradient_curves).unwrap_or_default());
    view! {
        <CurveChart
            title="Gradient by layer"
            subtitle="norm of each layer's gradient, image left, scores right"
            series
            x_label="layers"
            y_format=ValueFormat::PowerOfTen
            empty="Press Play or Step: the backward pass is measured every tenth step."
        />
    }
}

fn gradient_curves(run: &Run) -> Vec<CurveSeries> {
    let Ok(spec) = ResNetSpec::new(run.plan.request.network.clone()) else { return Vec::new() };
    let curve = |gradients: &LayerGradients, role| CurveSeries {
        name: format!("step {}", gradients.step + 1),
        role,
        points: profile(&spec, gradients),
        smoothed: false,
        markers: false,
    };
    let (first, last) = (run.gradients.first(), run.gradients.last());
    let earlier = first.filter(|_| run.gradients.len() > 1).map(|first| curve(first, CurveRole::Compared));
    earlier.into_iter().chain(last.map(|last| curve(last, CurveRole::Training))).collect()
}

fn points(session: Session, of: impl FnOnce(&Run) -> Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    session.of_run(of).unwrap_or_default()
}

fn both(training: Vec<(f64, f64)>, held_out: Vec<(f64, f64)>) -> Vec<CurveSeries> {
    vec![
        CurveSeries { name: "training".into(), role: CurveRole::Training, points: training, smoothed: true, markers: false },
        CurveSeries { name: "held out".into(), role: CurveRole::HeldOut, points: held_out, smoothed: false, markers: true },
    ]
}

/// Before the first run the axis shows what Play would do.
fn x_end(session: Session) -> Option<f64> {
    let planned = || session.experiment.with(|experiment| experiment.hyperparameters.total_steps());
    Some(session.of_run(Run::steps_to_show).unwrap_or_else(planned) as f64)
}
