//! The steps of the course, as a link names them.

use crate::spec::Named;

/// A step of the course. Its texts and its check belong to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LessonStep {
    /// Why depth stops helping.
    Depth,
    /// The residual block.
    Block,
    /// `x + F(x)` by hand.
    Sum,
    /// Convolution first, or pre-activation.
    Order,
    /// The projection shortcut.
    Projection,
    /// Strides and shapes.
    Shapes,
    /// The depth formula.
    DepthFormula,
    /// Two, three or four convolutions in a block.
    Convolutions,
    /// From maps to scores.
    Head,
    /// Training it.
    Training,
    /// What the gradient does.
    Gradient,
    /// Reading the result.
    Result,
}

impl Named for LessonStep {
    const ALL: &'static [Self] = &[
        Self::Depth,
        Self::Block,
        Self::Sum,
        Self::Order,
        Self::Projection,
        Self::Shapes,
        Self::DepthFormula,
        Self::Convolutions,
        Self::Head,
        Self::Training,
        Self::Gradient,
        Self::Result,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Depth => "depth",
            Self::Block => "block",
            Self::Sum => "sum",
            Self::Order => "order",
            Self::Projection => "projection",
            Self::Shapes => "shapes",
            Self::DepthFormula => "depth-formula",
            Self::Convolutions => "convolutions",
            Self::Head => "head",
            Self::Training => "training",
            Self::Gradient => "gradient",
            Self::Result => "result",
        }
    }
}

impl LessonStep {
    /// Its number, 1 for the first.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The step after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The step before it.
    pub fn previous(self) -> Option<Self> {
        (self as usize).checked_sub(1).and_then(|place| Self::ALL.get(place)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_follow_one_another_from_the_first_to_the_last() {
        let mut walked = vec![LessonStep::ALL[0]];
        while let Some(next) = walked.last().and_then(|step| step.next()) {
            assert_eq!(next.previous(), walked.last().copied(), "back again");
            walked.push(next);
        }
        assert_eq!(walked, LessonStep::ALL);
        assert_eq!(LessonStep::ALL.last().map(|step| step.number()), Some(12));
        assert_eq!(LessonStep::Depth.previous(), None, "nothing comes before the first");
    }

    #[test]
    fn each_word_names_its_step() {
        assert!(LessonStep::ALL.iter().copied().all(|step| LessonStep::from_name(step.name()) == Some(step)));
        assert_eq!(LessonStep::from_name("depths"), None);
    }
}
