//! Two whole runs that differ in their skip connections alone, in a sentence.

use super::{RunState, last_loss};
use crate::metrics::{HeldOutMetrics, StepMetrics};
use crate::permalink::Experiment;
use crate::plot::ValueFormat;

/// Losses nearer than this share of the larger one could change places with another seed.
const CLOSE: f64 = 0.1;

/// The two runs of the comparison: `base` with all its skip connections, then without any.
pub fn skip_comparison(base: &Experiment) -> [Experiment; 2] {
    [true, false].map(|skip_connections| {
        let mut experiment = base.clone();
        experiment.network.skip_connections = skip_connections;
        experiment.network.switched_blocks.clear();
        experiment
    })
}

impl RunState {
    /// What came of the last two runs that were kept or are over, if nothing but their skip connections differs.
    pub fn skip_finding(&self) -> Option<String> {
        let now = self.run.as_ref().filter(|run| run.is_over())?;
        let before = self.history.runs().last()?;
        let [with, without] = skip_comparison(&before.experiment);
        let (earlier, later) = (Ended::new(&before.steps, &before.held_out)?, Ended::new(&now.steps, &now.held_out)?);
        let [with, without] = match (&before.experiment, &now.plan.experiment) {
            (first, second) if [first, second] == [&with, &without] => [earlier, later],
            (first, second) if [first, second] == [&without, &with] => [later, earlier],
            _ => return None,
        };
        if with.steps != without.steps {
            return None;
        }
        let depth = before.experiment.network.depth;
        let held_out = match (with.held_out, without.held_out) {
            (Some(with), Some(without)) => {
                let [with, without] = [with, without].map(|share| ValueFormat::Percent.value(share));
                format!(" Of the held-out images it gets {with} right against {without}.")
            }
            _ => String::new(),
        };
        let caution = if (with.loss - without.loss).abs() < CLOSE * with.loss.max(without.loss) {
            " The two are close: another seed could turn them round."
        } else {
            ""
        };
        Some(format!(
            "Same seed, same images, {} steps at depth {depth}: with skip connections the loss ends at {:.2}, without at {:.2}.{held_out}{caution}",
            with.steps, with.loss, without.loss
        ))
    }
}

/// How far a run came.
struct Ended {
    steps: usize,
    loss: f64,
    held_out: Option<f64>,
}

impl Ended {
    /// Nothing when it measured nothing or ended in numbers that are none.
    fn new(steps: &[StepMetrics], held_out: &[HeldOutMetrics]) -> Option<Self> {
        let loss = last_loss(steps).filter(|loss| loss.is_finite())?;
        Some(Self { steps: steps.len(), loss, held_out: held_out.last().map(|pass| f64::from(pass.accuracy)) })
    }
}
