//! The curves of a report: the same pictures that the page saves.

use super::{ReportedAnswer, ReportedRun};
use crate::drawing::palette::Palette;
use crate::drawing::plot::{Chart, ChartAxes, CurveRole, CurveSeries, PlotPoint, ValueFormat, saved_chart};
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::language::{text, translated};

/// Runs that a chart tells apart by hue and dashes.
pub(super) const MOST_DRAWN: usize = 5;

/// A picture and what it shows in words.
#[derive(Debug, PartialEq)]
pub(super) struct ReportChart {
    pub svg: String,
    pub words: String,
}

/// Loss and accuracy. A run alone has its training and its held-out curve; of several, the first [`MOST_DRAWN`] are drawn
/// together by their training loss and their held-out accuracy.
pub(super) fn of_runs(runs: &[ReportedRun]) -> Vec<ReportChart> {
    let axes = ChartAxes { y_format: ValueFormat::Percent, y_limits: Some([0.0, 1.0]), ..ChartAxes::default() };
    let (losses, accuracies) = match runs {
        [] => return Vec::new(),
        [run] => {
            let pair = |steps, passes| {
                vec![curve(text!("training"), CurveRole::Training, steps), curve(text!("held out"), CurveRole::HeldOut, passes)]
            };
            let losses = pair(of_steps(&run.steps, |step| step.loss), of_passes(&run.held_out, |pass| pass.loss));
            (losses, pair(of_steps(&run.steps, |step| step.accuracy), of_passes(&run.held_out, |pass| pass.accuracy)))
        }
        several => {
            let drawn = || several.iter().take(MOST_DRAWN).enumerate();
            let losses = drawn().map(|(style, run)| CurveSeries {
                smoothed: true,
                markers: false,
                ..curve(&run.label, CurveRole::EarlierRun(style), of_steps(&run.steps, |step| step.loss))
            });
            let accuracies =
                drawn().map(|(style, run)| curve(&run.label, CurveRole::EarlierRun(style), of_passes(&run.held_out, |pass| pass.accuracy)));
            (losses.collect(), accuracies.collect())
        }
    };
    let titles = if runs.len() > 1 { [text!("Training loss"), text!("Held-out accuracy")] } else { [text!("Loss"), text!("Accuracy")] };
    let x_label = text!("steps");
    vec![chart(titles[0], x_label, &losses, &ChartAxes::default(), "loss"), chart(titles[1], x_label, &accuracies, &axes, "accuracy")]
}

/// Those of an experiment.
pub(super) fn of_answer(answer: &ReportedAnswer, number: usize) -> Vec<ReportChart> {
    let drawn = answer.report.charts.iter().enumerate();
    let drawn = drawn.map(|(place, each)| {
        let axes =
            ChartAxes { y_format: each.kind.y_format(), y_limits: each.kind.y_limits(), x_end: Some(each.x_end), ..ChartAxes::default() };
        let (title, x_label) = (translated(each.kind.title()), translated(each.kind.x_label()));
        chart(title, x_label, &each.curves, &axes, &format!("answer-{number}-{place}"))
    });
    drawn.collect()
}

/// `id` tells its parts from those of other pictures in the same file.
fn chart(title: &str, x_label: &str, series: &[CurveSeries], axes: &ChartAxes, id: &str) -> ReportChart {
    let words = Chart::new(series, axes, 640.0, 300.0).summary(title, x_label, axes.y_format);
    let svg = saved_chart(title, x_label, series, axes, &Palette::LIGHT);
    // A picture alone in its file calls its clip path `plot`. Names in it are escaped: their quotes are none.
    let svg = svg.replace("id=\"plot\"", &format!("id=\"{id}\"")).replace("\"url(#plot)\"", &format!("\"url(#{id})\""));
    ReportChart { svg, words }
}

fn curve(name: &str, role: CurveRole, points: Vec<PlotPoint>) -> CurveSeries {
    let smoothed = role == CurveRole::Training;
    CurveSeries { name: name.into(), role, points, smoothed, markers: !smoothed }
}

fn of_steps(steps: &[StepMetrics], value: fn(&StepMetrics) -> f32) -> Vec<PlotPoint> {
    steps.iter().map(|step| (step.step as f64, f64::from(value(step)))).collect()
}

fn of_passes(passes: &[HeldOutMetrics], value: fn(&HeldOutMetrics) -> f32) -> Vec<PlotPoint> {
    passes.iter().map(|pass| (pass.step as f64, f64::from(value(pass)))).collect()
}
