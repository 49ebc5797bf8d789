//! Loss and accuracy as they come, against the steps.

use crate::drawing::plot::{ChartAxes, PlotPoint, ValueFormat};
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::run::{KeptRun, Run, RunState};

use super::curve_chart::{ChartContents, ChartPanel, CurveRole, CurveSeries};
use super::session::Session;
use crate::ui::signals::Memo;

const EMPTY: &str = "Press Play: each step adds a point, each epoch a green one.";

/// As [`crate::drawing::plot::Chart::legend`] writes it while nothing is measured: what is fetched later finds it there.
const LEGEND: &str = "<span class=\"chart-entry training\"><span class=chart-key aria-hidden=true></span>training <strong></strong></span>\
    <span class=\"chart-entry held-out\"><span class=chart-key aria-hidden=true></span>held out <strong></strong></span>";

/// What a chart shows of a step and of a pass over the held-out images.
#[derive(Clone, Copy)]
struct Quantity {
    of_step: fn(&StepMetrics) -> f32,
    of_pass: fn(&HeldOutMetrics) -> f32,
    /// Whether earlier runs are drawn by their steps; otherwise by their passes.
    earlier_by_step: bool,
}

const LOSS: Quantity = Quantity { of_step: |step| step.loss, of_pass: |pass| pass.loss, earlier_by_step: true };
const ACCURACY: Quantity = Quantity { of_step: |step| step.accuracy, of_pass: |pass| pass.accuracy, earlier_by_step: false };

const LOSS_PANEL: ChartPanel = ChartPanel { title: "Loss", subtitle: "", empty: EMPTY };
const ACCURACY_PANEL: ChartPanel = ChartPanel { title: "Accuracy", subtitle: "", empty: EMPTY };

/// Loss, then accuracy, each on the batches and on the held-out images.
pub fn html() -> String {
    [LOSS_PANEL.html_with_legend(LEGEND), ACCURACY_PANEL.html_with_legend(LEGEND)].concat()
}

/// Keeps them.
pub fn start(session: Session) {
    LOSS.keep(session, LOSS_PANEL, ChartAxes::default());
    ACCURACY.keep(session, ACCURACY_PANEL, ChartAxes { y_format: ValueFormat::Percent, y_limits: Some([0.0, 1.0]), x_end: None });
}

impl Quantity {
    /// The run there is and those drawn behind it, or the two that are compared.
    fn keep(self, session: Session, panel: ChartPanel, axes: ChartAxes) {
        let version = Memo::new(move |_| session.run.with(|state| state.history.version()));
        let earlier = Memo::new(move |_| {
            // Read, not only tracked: a memo that nobody reads never looks at what it depends on.
            let _ = version.get();
            session.run.with_untracked(|state| self.earlier(state))
        });
        panel.show(move || {
            let series = session.run.with(|state| match state.history.compared() {
                Some(pair) => self.compared(state, pair),
                None => {
                    let [steps, passes] = state.run().map(|run| self.points(&run.steps, &run.held_out)).unwrap_or_default();
                    let now = [curve("training".into(), CurveRole::Training, steps), curve("held out".into(), CurveRole::HeldOut, passes)];
                    now.into_iter().chain(earlier.get()).collect()
                }
            });
            ChartContents { series, x_label: "steps", axes: ChartAxes { x_end: x_end(session), ..axes } }
        });
    }

    fn points(self, steps: &[StepMetrics], passes: &[HeldOutMetrics]) -> [Vec<PlotPoint>; 2] {
        let step = |step: &StepMetrics| (step.step as f64, f64::from((self.of_step)(step)));
        let pass = |pass: &HeldOutMetrics| (pass.step as f64, f64::from((self.of_pass)(pass)));
        [steps.iter().map(step).collect(), passes.iter().map(pass).collect()]
    }

    fn earlier(self, state: &RunState) -> Vec<CurveSeries> {
        let series = |(run, style): (&KeptRun, usize)| {
            let [steps, passes] = self.points(&run.steps, &run.held_out);
            let points = if self.earlier_by_step { steps } else { passes };
            let smoothed = self.earlier_by_step;
            CurveSeries { name: run.label(), role: CurveRole::EarlierRun(style), points, smoothed, markers: !smoothed }
        };
        state.history.overlaid().map(series).filter(|series| !series.points.is_empty()).collect()
    }

    /// Two runs alone: both in the colours of a run, the second dashed.
    fn compared(self, state: &RunState, pair: [u64; 2]) -> Vec<CurveSeries> {
        let roles = [[CurveRole::Training, CurveRole::HeldOut], [CurveRole::TrainingDashed, CurveRole::HeldOutDashed]];
        let mut curves = Vec::new();
        for (id, [training, held_out]) in pair.into_iter().zip(roles) {
            let Some(run) = state.find_run(id) else { continue };
            let [steps, passes] = self.points(&run.steps, &run.held_out);
            curves.push(curve(format!("{} training", run.label()), training, steps));
            curves.push(curve(format!("{} held out", run.label()), held_out, passes));
        }
        curves
    }
}

/// Steps as a smoothed line, passes with a dot each.
fn curve(name: String, role: CurveRole, points: Vec<PlotPoint>) -> CurveSeries {
    let smoothed = matches!(role, CurveRole::Training | CurveRole::TrainingDashed);
    CurveSeries { name, role, points, smoothed, markers: !smoothed }
}

/// Before the first run the axis shows what Play would do.
fn x_end(session: Session) -> Option<f64> {
    let planned = || session.experiment.with(|experiment| experiment.hyperparameters.total_steps());
    Some(session.of_run(Run::steps_to_show).unwrap_or_else(planned) as f64)
}
