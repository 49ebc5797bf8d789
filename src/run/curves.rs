//! Curves of runs: what the charts of loss and accuracy show.

use crate::drawing::plot::{CurveRole, CurveSeries, PlotPoint};
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};

use super::{KeptRun, RunState};
use crate::experiment::AuthorCurve;
use crate::language::{text, tr};

/// Points drawn of an earlier run: more than a chart has pixels.
const MOST_EARLIER: usize = 2000;

/// Redraws of the whole step axis: more would not be seen, and a run of days has a hundred thousand points to draw.
const REDRAWS: usize = 2000;

/// Changes when the curves are worth drawing anew. Of a short run that is every step; of a long one every so many-th, and the
/// end of each epoch, and the moment at which it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurvesVersion {
    history: u64,
    run: Option<(u64, usize, usize, bool)>,
}

impl CurvesVersion {
    /// Of the runs as they are now.
    pub fn of(state: &RunState) -> Self {
        let run = state.run().map(|run| {
            let goes_on = state.is_playing();
            let every = if goes_on { (run.steps_to_show() / REDRAWS).max(1) } else { 1 };
            (state.history.next_id(), run.steps_done() / every, run.held_out.len(), goes_on)
        });
        Self { history: state.history.version(), run }
    }
}

/// What a chart shows of a step and of a pass over the held-out images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveQuantity {
    /// Mean cross-entropy, in nats. Earlier runs are drawn by their steps.
    Loss,
    /// Share classified correctly, 0 to 1. Earlier runs are drawn by their passes.
    Accuracy,
}

impl CurveQuantity {
    /// Curves of the run there is; of the two runs alone while two are compared.
    pub fn now(self, state: &RunState) -> Vec<CurveSeries> {
        match state.history.compared() {
            Some(pair) => self.compared(state, pair),
            None => {
                let [steps, passes] = state.run().map(|run| self.points(&run.steps, &run.held_out)).unwrap_or_default();
                vec![
                    curve(text!("training").into(), CurveRole::Training, steps),
                    curve(text!("held out").into(), CurveRole::HeldOut, passes),
                ]
            }
        }
    }

    /// Curves of the earlier runs that are drawn behind it.
    pub fn earlier(self, state: &RunState) -> Vec<CurveSeries> {
        let series = |(run, style): (&KeptRun, usize)| {
            let points = match self {
                Self::Loss => self.of_steps(&run.steps, run.steps.len().div_ceil(MOST_EARLIER)),
                Self::Accuracy => self.of_passes(&run.held_out),
            };
            let smoothed = self == Self::Loss;
            CurveSeries { name: run.label(), role: CurveRole::EarlierRun(style), points, smoothed, markers: !smoothed }
        };
        state.history.overlaid().map(series).filter(|series| !series.points.is_empty()).collect()
    }

    /// The curve of the author's run that a link brought.
    pub fn of_author(self, author: &AuthorCurve) -> Option<CurveSeries> {
        let point = |(step, value): (usize, f64)| (step as f64, value);
        let (name, points): (_, Vec<PlotPoint>) = match self {
            Self::Loss => (text!("the author’s training"), author.losses().map(point).collect()),
            Self::Accuracy => (text!("the author’s held out"), author.accuracies().map(point).collect()),
        };
        let series = CurveSeries {
            name: name.into(),
            role: CurveRole::Author,
            points,
            // Its points are means already.
            smoothed: false,
            markers: self == Self::Accuracy,
        };
        Some(series).filter(|series| !series.points.is_empty())
    }

    /// Curves of the run there is, told apart from the author's: `your training`.
    pub fn yours(self, state: &RunState) -> Vec<CurveSeries> {
        let yours = |series: CurveSeries| CurveSeries { name: tr!("your {curve}", curve = series.name), ..series };
        self.now(state).into_iter().map(yours).collect()
    }

    /// Two runs alone: both in the colours of a run, the second dashed.
    fn compared(self, state: &RunState, pair: [u64; 2]) -> Vec<CurveSeries> {
        let roles = [[CurveRole::Training, CurveRole::HeldOut], [CurveRole::TrainingDashed, CurveRole::HeldOutDashed]];
        let mut curves = Vec::new();
        for (id, [training, held_out]) in pair.into_iter().zip(roles) {
            let Some(run) = state.find_run(id) else { continue };
            let [steps, passes] = self.points(&run.steps, &run.held_out);
            curves.push(curve(tr!("{run} training", run = run.label()), training, steps));
            curves.push(curve(tr!("{run} held out", run = run.label()), held_out, passes));
        }
        curves
    }

    fn points(self, steps: &[StepMetrics], passes: &[HeldOutMetrics]) -> [Vec<PlotPoint>; 2] {
        [self.of_steps(steps, 1), self.of_passes(passes)]
    }

    fn of_steps(self, steps: &[StepMetrics], every: usize) -> Vec<PlotPoint> {
        let point = |step: &StepMetrics| (step.step as f64, f64::from(if self == Self::Loss { step.loss } else { step.accuracy }));
        let last = steps.last().filter(|_| !(steps.len().saturating_sub(1)).is_multiple_of(every.max(1)));
        steps.iter().step_by(every.max(1)).chain(last).map(point).collect()
    }

    fn of_passes(self, passes: &[HeldOutMetrics]) -> Vec<PlotPoint> {
        passes.iter().map(|pass| (pass.step as f64, f64::from(if self == Self::Loss { pass.loss } else { pass.accuracy }))).collect()
    }
}

/// Steps as a smoothed line, passes with a dot each.
fn curve(name: String, role: CurveRole, points: Vec<PlotPoint>) -> CurveSeries {
    let smoothed = matches!(role, CurveRole::Training | CurveRole::TrainingDashed);
    CurveSeries { name, role, points, smoothed, markers: !smoothed }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ready, started, steps};
    use super::*;
    use crate::experiment::RunId;
    use crate::run::TrainerKind;

    fn two_runs() -> RunState {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        drop(state.apply(steps(0..5000, 1000.0)));
        drop(state.reset());
        let plan = super::super::tests::plan_of(crate::experiment::Experiment::default());
        drop(state.begin(plan, RunId::new(1), super::super::Wanted::Playing));
        drop(state.launch(TrainerKind::Cpu, None));
        drop(state.apply(ready()));
        drop(state.apply(steps(0..3, 10.0)));
        state
    }

    #[test]
    fn an_earlier_run_is_drawn_by_few_points_from_its_first_step_to_its_last() {
        let curves = CurveQuantity::Loss.earlier(&two_runs());
        assert_eq!((curves.len(), curves[0].name.as_str()), (1, "run 1"));
        let points = &curves[0].points;
        assert!(points.len() <= MOST_EARLIER + 1, "{} points", points.len());
        assert_eq!((points[0].0, points.last().map(|point| point.0)), (0.0, Some(4999.0)));
        assert!(CurveQuantity::Accuracy.earlier(&two_runs()).is_empty(), "it made no pass");
    }

    #[test]
    fn yours_and_the_authors_are_told_apart() {
        use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
        let losses = [2.3, 1.15].map(|loss: f32| StepMetrics { step: (loss < 2.0).into(), loss, accuracy: 0.1 });
        let author = AuthorCurve::of(&losses, &[HeldOutMetrics { step: 2, loss: 1.0, accuracy: 0.5, images: 10 }]).unwrap();
        let loss = CurveQuantity::Loss.of_author(&author).unwrap();
        assert_eq!((loss.name.as_str(), loss.points.len(), loss.markers), ("the author’s training", 2, false));
        let accuracy = CurveQuantity::Accuracy.of_author(&author).unwrap();
        assert_eq!((accuracy.name.as_str(), accuracy.points), ("the author’s held out", vec![(2.0, 0.5)]));
        let names: Vec<_> = CurveQuantity::Loss.yours(&two_runs()).into_iter().map(|series| series.name).collect();
        assert_eq!(names, ["your training", "your held out"]);
        let untrained = AuthorCurve::of(&losses, &[]).unwrap();
        assert_eq!(CurveQuantity::Accuracy.of_author(&untrained), None, "a run that ended before its first pass has no accuracy");
    }

    #[test]
    fn two_compared_runs_are_alone_and_tell_training_from_held_out() {
        let mut state = two_runs();
        let names = |state: &RunState| CurveQuantity::Loss.now(state).into_iter().map(|curve| curve.name).collect::<Vec<_>>();
        assert_eq!(names(&state), ["training", "held out"]);
        let (first, now) = (state.history.runs()[0].id, state.history.next_id());
        state.history.compare(Some([first, now]));
        assert_eq!(names(&state), ["run 1 training", "run 1 held out", "run 2 training", "run 2 held out"]);
    }

    #[test]
    fn a_long_run_is_drawn_anew_when_there_is_something_to_see() {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        let mut redraws = 0;
        let mut before = CurvesVersion::of(&state);
        let mut take = |state: &RunState| {
            let now = CurvesVersion::of(state);
            redraws += usize::from(now != before);
            before = now;
            redraws
        };
        for step in 0..300 {
            drop(state.apply(steps(step..step + 1, step as f64)));
            assert_eq!(take(&state), step + 1, "each step of a short run");
        }
        drop(state.reset());
        let mut long = crate::experiment::Experiment::default();
        long.hyperparameters.epochs = 10_000;
        drop(state.begin(super::super::tests::plan_of(long), RunId::new(1), super::super::Wanted::Playing));
        drop(state.launch(TrainerKind::Cpu, None));
        drop(state.apply(ready()));
        drop(state.apply(steps(0..100_000, 1.0)));
        let begun = take(&state);
        for step in 100_000..101_000 {
            drop(state.apply(steps(step..step + 1, step as f64)));
            take(&state);
        }
        let made = take(&state) - begun;
        assert!((5..=20).contains(&made), "{made} redraws for a thousand steps of a hundred thousand");
        let playing = CurvesVersion::of(&state);
        drop(state.pause());
        assert_ne!(CurvesVersion::of(&state), playing, "what waits is drawn to its last step");
    }
}
