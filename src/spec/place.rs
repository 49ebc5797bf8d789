//! Which block of which stage.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A block by its stage and its place in it, both 0 for the first; written `stage.block`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlockPlace {
    /// 0 for the first stage.
    pub stage: usize,
    /// 0 for the first block of the stage.
    pub block: usize,
}

impl fmt::Display for BlockPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.stage, self.block)
    }
}

/// Not of the form `stage.block`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotABlockPlace;

impl FromStr for BlockPlace {
    type Err = NotABlockPlace;

    fn from_str(text: &str) -> Result<Self, NotABlockPlace> {
        let (stage, block) = text.split_once('.').ok_or(NotABlockPlace)?;
        let number = |digits: &str| digits.parse().map_err(|_| NotABlockPlace);
        Ok(Self { stage: number(stage)?, block: number(block)? })
    }
}
