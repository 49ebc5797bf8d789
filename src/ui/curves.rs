//! Loss and accuracy as they come, against the steps.

use leptos::prelude::*;

use crate::plot::ValueFormat;
use crate::run_state::{KeptRun, Run};

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
        let earlier = |run: &KeptRun| run.steps.iter().map(|step| (step.step as f64, f64::from(step.loss))).collect();
        with_earlier(session, earlier, true, both(training, held_out))
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
        let earlier = |run: &KeptRun| run.held_out.iter().map(|pass| (pass.step as f64, f64::from(pass.accuracy))).collect();
        with_earlier(session, earlier, false, both(training, held_out))
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
            y_limits=Some([0.0, 1.0])
            empty=EMPTY
        />
    }
}

/// Puts the last two runs that were kept behind the curves of the one there is: grey, the older one dashed.
fn with_earlier(
    session: Session,
    points: impl Fn(&KeptRun) -> Vec<(f64, f64)>,
    smoothed: bool,
    curves: Vec<CurveSeries>,
) -> Vec<CurveSeries> {
    let earlier = session.run.with(|state| {
        let roles = [CurveRole::Compared, CurveRole::ComparedDashed];
        let curve = |(run, role): (&KeptRun, CurveRole)| CurveSeries {
            name: format!("run {}", run.number),
            role,
            points: points(run),
            smoothed,
            markers: !smoothed,
        };
        state.history.runs().iter().rev().zip(roles).map(curve).collect::<Vec<_>>()
    });
    curves.into_iter().chain(earlier).collect()
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
