//! A goal and how near it is, in words.

use super::{Goal, GoalLimit, GoalProgress, GoalQuantity, Spent};
use crate::language::format::{decimals, duration, grouped, localised};
use crate::language::{text, tr};

/// From here on minutes are easier to read than seconds.
const LONGEST_SECONDS: u32 = 120;

impl Goal {
    /// What should be reached: `55 % of held-out images right in 60 s of training`.
    pub fn words(&self) -> String {
        let target = localised(&self.target.to_string());
        let goal = match self.quantity {
            GoalQuantity::Accuracy => tr!("{share} % of held-out images right", share = target),
            GoalQuantity::Loss => tr!("a training loss of {loss}", loss = target),
        };
        match self.limit {
            None => goal,
            Some(GoalLimit::Seconds(count)) => tr!("{goal} in {time} of training", goal, time = seconds(count)),
            Some(GoalLimit::Steps(most)) => {
                tr!("{goal} in {count} step" | "{goal} in {count} steps" % most, goal, count = grouped(most as usize))
            }
            Some(GoalLimit::Epochs(most)) => {
                tr!("{goal} in {count} epoch" | "{goal} in {count} epochs" % most, goal, count = grouped(most as usize))
            }
        }
    }

    /// How near it is: `reached after 48 s (56.2 %)`, `not reached: 51.4 % at 60 s`, `so far 41.0 %, 23 s left`.
    pub fn progress_words(&self, progress: &GoalProgress) -> String {
        // Rounded away from the target, so that what has just missed it does not look as if it had not.
        let value = |value: f64| match self.quantity {
            GoalQuantity::Accuracy => tr!("{share} %", share = decimals(floor(value, 10.0), 1)),
            GoalQuantity::Loss => decimals(-floor(-value, 1000.0), 3),
        };
        match (progress.reached, progress.first, progress.best) {
            (_, Some(first), _) => tr!("reached after {spent} ({value})", spent = self.spent(first.at), value = value(first.value)),
            (Some(_), None, Some(best)) => {
                tr!("not reached: {value} at best, after {spent}", value = value(best.value), spent = self.spent(best.at))
            }
            (Some(_), None, None) => match self.quantity {
                GoalQuantity::Accuracy => text!("not reached: no epoch has ended").into(),
                GoalQuantity::Loss => text!("not reached: no step was made").into(),
            },
            (None, None, Some(best)) => self.with_left(tr!("so far {value}", value = value(best.value)), progress.now),
            (None, None, None) => {
                let nothing = match self.quantity {
                    GoalQuantity::Accuracy => text!("no epoch has ended yet"),
                    GoalQuantity::Loss => text!("no step was made yet"),
                };
                self.with_left(nothing.into(), progress.now)
            }
        }
    }

    /// What was spent, in the unit of the limit, as it stands behind “after”.
    fn spent(&self, spent: Spent) -> String {
        match self.limit {
            None | Some(GoalLimit::Seconds(_)) => duration(spent.training_ms),
            Some(GoalLimit::Steps(_)) => {
                tr!("after" => "{count} step" | "{count} steps" % spent.steps, count = grouped(spent.steps))
            }
            // Accuracies are measured at the ends of epochs, losses within them.
            Some(GoalLimit::Epochs(_)) => {
                let epochs = spent.epochs.ceil() as usize;
                tr!("after" => "{count} epoch" | "{count} epochs" % epochs, count = grouped(epochs))
            }
        }
    }

    /// How it stands, and what is left of the limit.
    fn with_left(&self, so_far: String, now: Spent) -> String {
        let left = match self.limit {
            None => return so_far,
            Some(GoalLimit::Seconds(most)) => duration(f64::from(most) * 1000.0 - now.training_ms),
            Some(GoalLimit::Steps(most)) => {
                let steps = (most as usize).saturating_sub(now.steps);
                tr!("{count} step" | "{count} steps" % steps, count = grouped(steps))
            }
            Some(GoalLimit::Epochs(most)) => {
                let epochs = (f64::from(most) - now.epochs).max(0.0).ceil() as usize;
                tr!("{count} epoch" | "{count} epochs" % epochs, count = grouped(epochs))
            }
        };
        tr!("{so_far}, {left} left", so_far, left)
    }
}

/// The next smaller multiple of a unit's `parts`-th; a multiple that is off by a rounding error is itself.
fn floor(value: f64, parts: f64) -> f64 {
    let scaled = value * parts;
    let nearest = scaled.round();
    (if (scaled - nearest).abs() < 1e-3 { nearest } else { scaled.floor() }) / parts
}

fn seconds(count: u32) -> String {
    if count <= LONGEST_SECONDS { format!("{count} s") } else { duration(f64::from(count) * 1000.0) }
}
