//! How fast this device trains, measured, and what it can do in the time a visitor waits.

use crate::spec::ResNetSpec;

use super::{Candidate, Question};

/// An experiment takes about that long at most, in milliseconds.
const PATIENCE_MS: f64 = 300_000.0;
/// How long each of the four corners is trained where that is more than its fewest steps.
const CORNER_MS: f64 = 60_000.0;
/// A fast device would go on for thousands of steps, of which the curves show nothing more.
const MOST_CORNER_STEPS: usize = 1_000;
/// With fewer steps there is nothing to see; then it takes longer.
const FEWEST_STEPS: usize = 20;

/// Time of a step of one network; others take as long as their multiply-adds say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    milliseconds_per_multiply_add: f64,
}

impl Pace {
    /// From a step of `spec` that took that long. Never the first one: it compiles a GPU's kernels.
    pub fn new(spec: &ResNetSpec, step_ms: f64) -> Self {
        Self { milliseconds_per_multiply_add: step_ms.max(0.0) / spec.cost().multiply_adds_per_image.max(1) as f64 }
    }

    /// Steps of all `candidates` that there is time for.
    pub(super) fn affordable_steps(self, candidates: &[Candidate]) -> usize {
        self.steps_in(PATIENCE_MS, candidates)
    }

    /// Steps of all `candidates` when each has a minute.
    pub(super) fn steps_of_a_minute_each(self, candidates: &[Candidate]) -> usize {
        self.steps_in(CORNER_MS * candidates.len() as f64, candidates).min(MOST_CORNER_STEPS)
    }

    fn steps_in(self, milliseconds: f64, candidates: &[Candidate]) -> usize {
        let each_ms = self.milliseconds_per_multiply_add * candidates.iter().map(Candidate::multiply_adds).sum::<f64>();
        if each_ms > 0.0 { (milliseconds / each_ms) as usize } else { usize::MAX }
    }
}

/// Steps of each network, if the device is fast enough: no more than answer the question, nor than the page's run has.
pub(super) fn steps_wanted(question: Question, page_steps: usize) -> usize {
    let enough = match question {
        Question::SkipConnections | Question::Order => 100,
        Question::Depth => 60,
        Question::Lesions => 300,
        Question::BatchNorm => 50,
        Question::FirstStep => 1,
    };
    page_steps.clamp(1, enough)
}

/// Steps where not all that are wanted can be afforded.
pub(super) fn steps_left(wanted: usize, affordable: usize) -> usize {
    wanted.min(affordable.max(FEWEST_STEPS))
}
