//! What a check finds.

/// What a check makes of what it sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Not answered yet; the sentence is a hint.
    NotYet(String),
    /// Answered; the sentence says what was seen.
    Done(String),
}

impl Verdict {
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
