//! What a command is answered with.

use serde::Serialize;

use super::{Metrics, Refusal};

/// The answer to a command: what came of it, or a sentence why nothing did.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize))]
pub struct Answer {
    /// Number of the command.
    pub id: u64,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Outcome>,
    /// Why nothing did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[serde(untagged, deny_unknown_fields)]
pub enum Outcome {
    /// The numbers of the run.
    Metrics(Box<Metrics>),
    /// The experiment that was taken.
    LinkSet {
        /// The canonical query.
        link: String,
        /// What was replaced, brought into its limits or ignored.
        notices: Vec<String>,
    },
    /// The experiment there is.
    Link {
        /// The canonical query.
        link: String,
        /// Address of the whole page.
        url: String,
    },
    /// The state that was taken.
    StateSet {
        /// The canonical query.
        link: String,
    },
    /// Everything that another frame needs to go on.
    State {
        /// Not to be looked into.
        state: String,
    },
    /// It was done.
    Done {},
}

impl Answer {
    /// What came of command `id`.
    pub fn of(id: u64, outcome: Result<Outcome, String>) -> Self {
        match outcome {
            Ok(result) => Self { id, result: Some(result), error: None },
            Err(error) => Self { id, result: None, error: Some(error) },
        }
    }

    /// The answer to what is no command; none where nobody can be answered.
    pub fn to_refused(refusal: Refusal) -> Option<Self> {
        Some(Self { id: refusal.id?, result: None, error: Some(refusal.sentence) })
    }
}
