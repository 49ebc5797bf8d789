//! The mistakes that the network is surest of.

use super::{Outcome, Outcomes};

/// An image that was taken for another class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mistake {
    /// Place of the image.
    pub image: usize,
    /// What came of it.
    pub outcome: Outcome,
}

/// At most so many mistakes, those made with the highest confidence first; the first of equals comes first.
pub fn most_wrong(outcomes: &Outcomes, most: usize) -> Vec<Mistake> {
    let all = outcomes.all().iter().copied().enumerate().map(|(image, outcome)| Mistake { image, outcome });
    let mut mistakes: Vec<_> = all.filter(|mistake| mistake.outcome.predicted != mistake.outcome.label).collect();
    mistakes.sort_by(|one, other| other.outcome.confidence.total_cmp(&one.outcome.confidence));
    mistakes.truncate(most);
    mistakes
}
