//! How wide a block is inside.

use serde::{Deserialize, Serialize};

use super::Named;

/// Filters of all convolutions of a block but the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InnerFilters {
    /// As many as the channels that enter the stage: the tutorial's rule.
    StageInput,
    /// A quarter of the channels that leave the block: the papers' rule.
    QuarterOfOutput,
}

impl Named for InnerFilters {
    const ALL: &'static [Self] = &[Self::StageInput, Self::QuarterOfOutput];

    fn name(self) -> &'static str {
        match self {
            Self::StageInput => "stage-input",
            Self::QuarterOfOutput => "quarter-of-output",
        }
    }
}
