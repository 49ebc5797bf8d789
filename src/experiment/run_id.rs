//! Which run is meant among those that a browser keeps.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Tells a run from all others, those of other tabs too. It stays when the run is broken off and gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RunId(u64);

impl RunId {
    /// The run of a page that kept only one.
    pub const FORMER: Self = Self(0);

    /// Of a new run. `random` is a number that no other tab draws.
    pub fn new(random: u64) -> Self {
        Self(random.max(1))
    }

    /// Reads what [`fmt::Display`] writes; nothing else.
    pub fn read(text: &str) -> Option<Self> {
        let id = u64::from_str_radix(text, 16).ok().map(Self)?;
        (id.to_string() == text).then_some(id)
    }
}

impl fmt::Display for RunId {
    /// Sixteen hexadecimal digits.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_and_nothing_else_is() {
        for id in [RunId::new(0), RunId::new(1), RunId::new(0x3fa9_c2d1), RunId::new(u64::MAX), RunId::FORMER] {
            assert_eq!(RunId::read(&id.to_string()), Some(id), "{id}");
        }
        for text in ["", "1", "000000000000000g", "+00000000000000a", "000000000000000A", "00000000000000001"] {
            assert_eq!(RunId::read(text), None, "{text:?} is none");
        }
        assert_ne!(RunId::new(0), RunId::FORMER, "a new run is never the former one");
    }
}
