//! What a check finds.

use crate::language::text;

/// What a check makes of what it sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Not answered yet; the sentence is a hint.
    NotYet(String),
    /// Answered; the sentence says what was seen.
    Done(String),
}

impl Verdict {
    /// For questions about a network, where the controls describe none that can be built.
    pub fn no_network() -> Self {
        Self::NotYet(text!("This network cannot be built: see the field that says why.").into())
    }

    /// Whether the question is answered.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    /// The hint, or what was seen.
    pub fn sentence(&self) -> &str {
        match self {
            Self::NotYet(sentence) | Self::Done(sentence) => sentence,
        }
    }
}
