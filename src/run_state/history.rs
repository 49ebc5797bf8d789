//! Runs that are over or were replaced, kept to compare with.

use crate::metrics::{HeldOutMetrics, NetworkLook, StepMetrics};
use crate::permalink::{Experiment, difference};

use super::Run;

/// Older runs are forgotten.
const MOST_KEPT: usize = 5;
/// Steps at the end of a run whose mean says how far it came.
const LAST_STEPS: usize = 10;

/// A run as it was when it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRun {
    /// Counts runs; stays when others are taken away.
    pub number: usize,
    /// What differs from the run before.
    pub name: String,
    /// What it was made with.
    pub experiment: Experiment,
    /// Steps measured, in order.
    pub steps: Vec<StepMetrics>,
    /// Passes over the held-out images, in order.
    pub held_out: Vec<HeldOutMetrics>,
    /// The last look inside its network.
    pub look: Option<NetworkLook>,
}

/// Runs kept, oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunHistory {
    kept: Vec<KeptRun>,
    count: usize,
}

impl RunHistory {
    /// The runs there are, oldest first.
    pub fn runs(&self) -> &[KeptRun] {
        &self.kept
    }

    /// Number of the run after the last one kept.
    pub fn next_number(&self) -> usize {
        self.count + 1
    }

    /// Name that a run of `experiment` has after those kept.
    pub fn name_of(&self, experiment: &Experiment) -> String {
        let Some(before) = self.kept.last() else { return "first run".into() };
        match difference(&before.experiment, experiment) {
            same if same.is_empty() => "the same again".into(),
            difference => difference,
        }
    }

    /// Keeps a run that ends. One that measured nothing is no run.
    pub(super) fn keep(&mut self, run: Run) {
        if run.steps.is_empty() {
            return;
        }
        let name = self.name_of(&run.plan.experiment);
        self.count += 1;
        self.kept.push(KeptRun {
            number: self.count,
            name,
            experiment: run.plan.experiment,
            steps: run.steps,
            held_out: run.held_out,
            look: run.looks.last().cloned(),
        });
        if self.kept.len() > MOST_KEPT {
            self.kept.remove(0);
        }
    }

    /// Forgets the run of that number.
    pub fn remove(&mut self, number: usize) {
        self.kept.retain(|run| run.number != number);
    }
}

/// Mean loss of the last steps: a single batch says little.
pub fn last_loss(steps: &[StepMetrics]) -> Option<f64> {
    let last = &steps[steps.len().saturating_sub(LAST_STEPS)..];
    let sum: f64 = last.iter().map(|step| f64::from(step.loss)).sum();
    (!last.is_empty()).then(|| sum / last.len() as f64)
}
