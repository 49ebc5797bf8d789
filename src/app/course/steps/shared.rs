//! What several checks need.

use crate::app::course::verdict::Verdict;
use crate::language::{text, tr};

/// Two losses nearer than this share of the larger one may be called the same.
const CLOSE: f64 = 0.1;

/// How one measured number lies to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// It is smaller.
    Smaller,
    /// They are about the same.
    Alike,
    /// It is larger.
    Larger,
}

impl Order {
    /// Whether one may say so of two numbers. Where they are close, both which is larger and that they are close are true.
    pub fn holds(self, one: f64, other: f64) -> bool {
        match self {
            Self::Smaller => one < other,
            Self::Alike => (one - other).abs() <= CLOSE * one.abs().max(other.abs()),
            Self::Larger => one > other,
        }
    }
}

/// Looks at a chosen answer: `holds` says whether it is true, `told` what was measured.
pub fn judge_choice<T: Copy>(choice: Option<usize>, answers: &[T], holds: impl FnOnce(T) -> bool, told: &str) -> Verdict {
    match choice.and_then(|place| answers.get(place).copied()) {
        None => Verdict::NotYet(text!("It is measured. Now choose an answer.").into()),
        Some(answer) if holds(answer) => Verdict::Done(told.to_owned()),
        Some(_) => Verdict::NotYet(tr!("The numbers say something else: {told}", told)),
    }
}

/// `verdict`, unless the experiment was like that before the reader did anything.
pub fn unless_it_was_so(was_so: bool, verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Done(_) if was_so => {
            Verdict::NotYet(text!("The network was like that before. Press “Set it up” to begin with this step's own.").into())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_close_may_be_called_either() {
        assert!(Order::Smaller.holds(0.4, 0.7) && !Order::Alike.holds(0.4, 0.7) && !Order::Larger.holds(0.4, 0.7));
        assert!(Order::Larger.holds(0.70, 0.68) && Order::Alike.holds(0.70, 0.68) && !Order::Smaller.holds(0.70, 0.68));
        assert!(!Order::Alike.holds(f64::NAN, 1.0), "what is no number is like nothing");
    }

    #[test]
    fn only_a_choice_that_the_numbers_bear_out_is_an_answer() {
        let judged = |choice| judge_choice(choice, &[Order::Smaller, Order::Larger], |order| order.holds(1.0, 2.0), "1 and 2.");
        assert_eq!(judged(Some(0)), Verdict::Done("1 and 2.".into()));
        assert_eq!(judged(Some(1)), Verdict::NotYet("The numbers say something else: 1 and 2.".into()));
        assert!(matches!(judged(None), Verdict::NotYet(_)));
        assert!(matches!(judged(Some(7)), Verdict::NotYet(_)), "there is no such answer");
    }
}
