//! How near a run has come to a goal.

use super::{Goal, GoalLimit, GoalQuantity};

/// What a run has spent at a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spent {
    /// Steps done.
    pub steps: usize,
    /// Epochs done, the one under way as a fraction.
    pub epochs: f64,
    /// Time spent in training steps, in milliseconds.
    pub training_ms: f64,
}

/// The goal's quantity at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Accuracy in percent, or loss in nats.
    pub value: f64,
    /// When it was measured.
    pub at: Spent,
}

/// How near a run has come to a goal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GoalProgress {
    /// Whether it was reached; none while it still can be.
    pub reached: Option<bool>,
    /// From 0 to 1, and 1 only for a goal that was reached. For an accuracy it is the best so far divided by the target, for a
    /// loss the target divided by the best so far; only what was measured within the limit counts. So it never falls while a
    /// run goes on.
    pub score: f64,
    /// The first moment at which it was reached.
    pub first: Option<Measured>,
    /// The best within the limit.
    pub best: Option<Measured>,
    /// What the run has spent by now.
    pub now: Spent,
}

/// The largest score of a goal that was not reached.
const ALMOST: f64 = 0.999;

impl Goal {
    /// How near a run has come. `measured` are values of the goal's quantity in the order of time; what is no number counts for
    /// nothing. `is_over` is true when no more will come.
    pub fn progress(&self, measured: impl IntoIterator<Item = Measured>, now: Spent, is_over: bool) -> GoalProgress {
        let (mut first, mut best) = (None, None::<Measured>);
        for each in measured.into_iter().filter(|each| each.value.is_finite() && !self.is_beyond(each.at)) {
            if first.is_none() && self.is_met_by(each.value) {
                first = Some(each);
            }
            let is_better = best.is_none_or(|best| match self.quantity {
                GoalQuantity::Accuracy => each.value > best.value,
                GoalQuantity::Loss => each.value < best.value,
            });
            if is_better {
                best = Some(each);
            }
        }
        let reached = match first {
            Some(_) => Some(true),
            None if is_over || self.is_beyond(now) => Some(false),
            None => None,
        };
        let score = match (first, best) {
            (Some(_), _) => 1.0,
            (None, None) => 0.0,
            (None, Some(best)) => {
                let share = if self.quantity == GoalQuantity::Accuracy { best.value / self.target } else { self.target / best.value };
                share.clamp(0.0, ALMOST)
            }
        };
        GoalProgress { reached, score, first, best, now }
    }

    /// Whether a moment is behind the limit.
    fn is_beyond(&self, moment: Spent) -> bool {
        match self.limit {
            None => false,
            Some(GoalLimit::Seconds(most)) => moment.training_ms > f64::from(most) * 1000.0,
            Some(GoalLimit::Steps(most)) => moment.steps > most as usize,
            Some(GoalLimit::Epochs(most)) => moment.epochs > f64::from(most),
        }
    }
}
