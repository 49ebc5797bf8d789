//! A goal and how near it is, in words.

use super::{Goal, GoalLimit, GoalProgress, GoalQuantity, Spent};
use crate::format::{duration, grouped};

/// From here on minutes are easier to read than seconds.
const LONGEST_SECONDS: u32 = 120;

impl Goal {
    /// What should be reached: `55 % of held-out images right in 60 s of training`.
    pub fn words(&self) -> String {
        let what = match self.quantity {
            GoalQuantity::Accuracy => format!("{} % of held-out images right", self.target),
            GoalQuantity::Loss => format!("a training loss of {}", self.target),
        };
        let within = self.limit.map_or_else(String::new, |limit| match limit {
            GoalLimit::Seconds(count) => format!(" in {} of training", seconds(count)),
            GoalLimit::Steps(count) => format!(" in {}", counted(count as usize, "step")),
            GoalLimit::Epochs(count) => format!(" in {}", counted(count as usize, "epoch")),
        });
        what + &within
    }

    /// How near it is: `reached after 48 s (56.2 %)`, `not reached: 51.4 % at 60 s`, `so far 41.0 %, 23 s left`.
    pub fn progress_words(&self, progress: &GoalProgress) -> String {
        // Rounded away from the target, so that what has just missed it does not look as if it had not.
        let value = |value: f64| match self.quantity {
            GoalQuantity::Accuracy => format!("{:.1} %", floor(value, 10.0)),
            GoalQuantity::Loss => format!("{:.3}", -floor(-value, 1000.0)),
        };
        match (progress.reached, progress.first, progress.best) {
            (_, Some(first), _) => format!("reached after {} ({})", self.spent(first.at), value(first.value)),
            (Some(_), None, Some(best)) => format!("not reached: {} at best, after {}", value(best.value), self.spent(best.at)),
            (Some(_), None, None) => format!("not reached: {}", self.nothing_measured()),
            (None, None, Some(best)) => format!("so far {}{}", value(best.value), self.left(progress.now)),
            (None, None, None) => format!("{} yet{}", self.nothing_measured(), self.left(progress.now)),
        }
    }

    fn nothing_measured(&self) -> &'static str {
        match self.quantity {
            GoalQuantity::Accuracy => "no epoch has ended",
            GoalQuantity::Loss => "no step was made",
        }
    }

    /// What was spent, in the unit of the limit.
    fn spent(&self, spent: Spent) -> String {
        match self.limit {
            None | Some(GoalLimit::Seconds(_)) => duration(spent.training_ms),
            Some(GoalLimit::Steps(_)) => counted(spent.steps, "step"),
            // Accuracies are measured at the ends of epochs, losses within them.
            Some(GoalLimit::Epochs(_)) => counted(spent.epochs.ceil() as usize, "epoch"),
        }
    }

    fn left(&self, now: Spent) -> String {
        let left = match self.limit {
            None => return String::new(),
            Some(GoalLimit::Seconds(most)) => duration(f64::from(most) * 1000.0 - now.training_ms),
            Some(GoalLimit::Steps(most)) => counted((most as usize).saturating_sub(now.steps), "step"),
            Some(GoalLimit::Epochs(most)) => counted((f64::from(most) - now.epochs).max(0.0).ceil() as usize, "epoch"),
        };
        format!(", {left} left")
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

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", grouped(count))
}
