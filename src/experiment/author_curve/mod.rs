//! The curve of a run, small enough for a link: the author's, beside which a reader's own is drawn.
//!
//! ```text
//! "1" │ base64url: counts, points of the training loss, points of the held-out accuracy, checksum │ "z"
//! ```
//!
//! Of each there are at most [`MOST_POINTS`], and fewer where the rest of the link leaves no room for them. A loss comes back within
//! [`LOSS_ERROR`] of itself, an accuracy within [`ACCURACY_ERROR`]; steps come back exactly.

mod code;
mod text;

use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::language::format::{decimals, grouped};
use crate::language::tr;

pub use code::{ACCURACY_ERROR, LEAST_LOSS, LOSS_ERROR, MOST_LOSS};
pub use text::UnreadableCurve;

use code::{accuracy_code, accuracy_of, loss_code, loss_of};

/// Most points of the loss, and of the accuracy.
pub const MOST_POINTS: usize = 64;
/// With fewer a curve says nothing.
const FEWEST_POINTS: usize = 8;
/// Steps of the longest run that is told.
const MOST_STEPS: usize = i32::MAX as usize;

/// The training loss and the held-out accuracy of a run in a few points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorCurve {
    losses: Vec<CodedPoint>,
    accuracies: Vec<CodedPoint>,
}

/// A step, and a value as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CodedPoint {
    step: u32,
    code: u16,
}

impl AuthorCurve {
    /// Of what a run measured; nothing where that is nothing.
    ///
    /// Of many steps each point is the mean loss of as many neighbours; of many passes over the held-out images every so
    /// many-th is taken, the last one among them.
    pub fn of(steps: &[StepMetrics], held_out: &[HeldOutMetrics]) -> Option<Self> {
        Self::in_points(steps, held_out, MOST_POINTS)
    }

    /// The same in so few points that it has at most so many characters in a link; nothing where not even a few have room.
    pub fn within(most_characters: usize, steps: &[StepMetrics], held_out: &[HeldOutMetrics]) -> Option<Self> {
        let halves = std::iter::successors(Some(MOST_POINTS), |points| Some(points / 2).filter(|half| *half >= FEWEST_POINTS));
        halves.filter_map(|points| Self::in_points(steps, held_out, points)).find(|curve| curve.to_string().len() <= most_characters)
    }

    fn in_points(steps: &[StepMetrics], held_out: &[HeldOutMetrics], most: usize) -> Option<Self> {
        let losses = steps.chunks(steps.len().div_ceil(most).max(1)).filter_map(mean_loss).collect();
        let every = held_out.len().div_ceil(most).max(1);
        let passes = held_out.iter().rev().step_by(every).filter(|pass| pass.accuracy.is_finite() && pass.step <= MOST_STEPS);
        let mut accuracies: Vec<_> =
            passes.map(|pass| CodedPoint { step: pass.step as u32, code: accuracy_code(f64::from(pass.accuracy)) }).collect();
        accuracies.reverse();
        accuracies.dedup_by_key(|point| point.step);
        let curve = Self { losses, accuracies };
        (!curve.losses.is_empty() || !curve.accuracies.is_empty()).then_some(curve)
    }

    /// Training loss in nats by step, counted from 0.
    pub fn losses(&self) -> impl Iterator<Item = (usize, f64)> {
        self.losses.iter().map(|point| (point.step as usize, loss_of(point.code)))
    }

    /// Share of the held-out images that was right, by the steps done before.
    pub fn accuracies(&self) -> impl Iterator<Item = (usize, f64)> {
        self.accuracies.iter().map(|point| (point.step as usize, accuracy_of(point.code)))
    }

    /// Steps of the run, as far as it is told.
    pub fn steps(&self) -> usize {
        let last = |points: &[CodedPoint]| points.last().map_or(0, |point| point.step as usize);
        last(&self.losses).max(last(&self.accuracies))
    }

    /// How far the run came, in a few words: `loss 0.61 at step 1,200, 56.2 % of held-out images right`.
    pub fn words(&self) -> String {
        let last_loss = |(step, loss): (usize, f64)| tr!("loss {loss} at step {step}", loss = decimals(loss, 2), step = grouped(step + 1));
        let loss = self.losses().last().map(last_loss);
        let last_share = |(_, share): (usize, f64)| tr!("{share} % of held-out images right", share = decimals(share * 100.0, 1));
        let right = self.accuracies().last().map(last_share);
        loss.into_iter().chain(right).collect::<Vec<_>>().join(", ")
    }
}

/// The mean over some steps that follow each other, at the middle one; what is no number is left out.
fn mean_loss(steps: &[StepMetrics]) -> Option<CodedPoint> {
    let finite: Vec<f64> = steps.iter().map(|step| f64::from(step.loss)).filter(|loss| loss.is_finite()).collect();
    let middle = steps.get(steps.len() / 2).filter(|middle| middle.step <= MOST_STEPS && !finite.is_empty())?;
    Some(CodedPoint { step: middle.step as u32, code: loss_code(finite.iter().sum::<f64>() / finite.len() as f64) })
}

#[cfg(test)]
mod tests;
