//! A goal that the author of a link sets: how far a run should come, and within what.
//!
//! ```text
//! accuracy:55@60s   accuracy:55   accuracy:55@3epochs   loss:0.5@100steps
//! ```
//!
//! It belongs to the link rather than to the experiment: other settings may reach it too.

mod parse;
mod progress;
mod words;

use std::fmt;
use std::ops::RangeInclusive;

use crate::language::format::shortest_decimal;
use crate::spec::Named;

pub use parse::GoalProblem;
pub use progress::{GoalProgress, Measured, Spent};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalQuantity {
    /// Share of the held-out images that is right, in percent, measured at the end of each epoch.
    Accuracy,
    /// Mean training loss of the last [steps](crate::evaluation::metrics::LAST_STEPS), in nats: a single batch says little.
    Loss,
}

impl Named for GoalQuantity {
    const ALL: &'static [Self] = &[Self::Accuracy, Self::Loss];

    fn name(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::Loss => "loss",
        }
    }
}

impl GoalQuantity {
    /// Targets that make sense: accuracy in percent, loss in nats.
    pub fn targets(self) -> RangeInclusive<f64> {
        match self {
            Self::Accuracy => 1.0..=100.0,
            Self::Loss => 0.001..=100.0,
        }
    }
}

/// Within what it should be reached. At least 1 of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalLimit {
    /// Seconds spent in training steps.
    Seconds(u32),
    /// Training steps.
    Steps(u32),
    /// Passes over all training images.
    Epochs(u32),
}

impl GoalLimit {
    /// The units, as they are written in a link.
    pub const UNITS: [&'static str; 3] = ["s", "steps", "epochs"];

    /// So many of a unit, brought into its [most](Self::most); nothing for a unit that there is not.
    pub fn of(unit: &str, count: f64) -> Option<Self> {
        // `max` gives the other one for what is no number.
        let count = |limit: fn(u32) -> Self| Some(limit(count.round().max(1.0).min(f64::from(limit(1).most())) as u32));
        match unit {
            "s" => count(Self::Seconds),
            "steps" => count(Self::Steps),
            "epochs" => count(Self::Epochs),
            _ => None,
        }
    }

    /// How many.
    pub fn count(self) -> u32 {
        match self {
            Self::Seconds(count) | Self::Steps(count) | Self::Epochs(count) => count,
        }
    }

    /// Its unit in a link.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Seconds(_) => "s",
            Self::Steps(_) => "steps",
            Self::Epochs(_) => "epochs",
        }
    }

    /// The most that there may be of its unit: a day, more steps than a run has, the longest run.
    pub fn most(self) -> u32 {
        match self {
            Self::Seconds(_) => 86_400,
            Self::Steps(_) => 10_000_000,
            Self::Epochs(_) => 1000,
        }
    }
}

/// A goal. Always one that can be written in a link and read back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    quantity: GoalQuantity,
    target: f64,
    limit: Option<GoalLimit>,
}

impl Goal {
    /// The nearest goal that makes sense; what is no number becomes the least target.
    pub fn nearest(quantity: GoalQuantity, target: f64, limit: Option<GoalLimit>) -> Self {
        let (least, most) = quantity.targets().into_inner();
        // `max` gives the other one for what is no number.
        let target = target.max(least).min(most);
        let limit = limit.and_then(|limit| GoalLimit::of(limit.unit(), f64::from(limit.count())));
        Self { quantity, target, limit }
    }

    /// What is measured.
    pub fn quantity(&self) -> GoalQuantity {
        self.quantity
    }

    /// Accuracy in percent, or loss in nats.
    pub fn target(&self) -> f64 {
        self.target
    }

    /// Within what; none for however long it takes.
    pub fn limit(&self) -> Option<GoalLimit> {
        self.limit
    }

    /// Whether a value reaches it.
    fn is_met_by(&self, value: f64) -> bool {
        match self.quantity {
            GoalQuantity::Accuracy => value >= self.target,
            GoalQuantity::Loss => value <= self.target,
        }
    }
}

/// As a link has it.
impl fmt::Display for Goal {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(text, "{}:{}", self.quantity.name(), shortest_decimal(self.target))?;
        self.limit.map_or(Ok(()), |limit| write!(text, "@{}{}", limit.count(), limit.unit()))
    }
}

#[cfg(test)]
mod tests;
