//! Two whole runs that differ in their skip connections alone, in a sentence.

use super::{KeptRun, RunState, last_loss};
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
        let pair = skip_comparison(&before.experiment);
        let [with, without] = match (&before.experiment, &now.plan.experiment) {
            (first, second) if [first, second] == [&pair[0], &pair[1]] => [Ended::kept(before)?, Ended::now(self)?],
            (first, second) if [first, second] == [&pair[1], &pair[0]] => [Ended::now(self)?, Ended::kept(before)?],
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
            " The two are close: another seed could turn them round. Deeper networks differ more."
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
    fn kept(run: &KeptRun) -> Option<Self> {
        let held_out = run.held_out.last().map(|pass| f64::from(pass.accuracy));
        Some(Self { steps: run.steps.len(), loss: last_loss(&run.steps)?, held_out })
    }

    fn now(state: &RunState) -> Option<Self> {
        let run = state.run.as_ref()?;
        let held_out = run.held_out.last().map(|pass| f64::from(pass.accuracy));
        Some(Self { steps: run.steps.len(), loss: last_loss(&run.steps)?, held_out })
    }
}
