//! Which kinds of skip connections a network has: what its legend and its caption may speak of.

use crate::language::{text, tr};
use crate::spec::{ResNetSpec, Shortcut};

/// How many blocks have which skip connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkipKinds {
    /// Blocks whose input goes around them unchanged, if any.
    pub identity: Option<usize>,
    /// Blocks whose input goes through a 1×1 convolution around them, if any.
    pub projection: Option<usize>,
    /// Blocks without a skip connection, if any.
    pub absent: Option<usize>,
}

impl SkipKinds {
    /// Of a network.
    pub fn of(spec: &ResNetSpec) -> Self {
        let blocks = spec.blocks();
        let count = |kind| Some(blocks.iter().filter(|block| block.shortcut == kind).count()).filter(|count| *count > 0);
        Self { identity: count(Shortcut::Identity), projection: count(Shortcut::Projection), absent: count(Shortcut::Absent) }
    }

    /// Whether no block has a skip connection.
    pub fn are_none(&self) -> bool {
        self.identity.is_none() && self.projection.is_none()
    }

    /// What the arcs of the drawing carry, in one or two sentences that begin a sentence; empty where there are none.
    pub(super) fn in_words(&self) -> String {
        let arcs = match (self.identity.is_some(), self.projection.is_some()) {
            (true, true) => text!(
                "A solid arc carries x unchanged; where a block changes the shape, a 1×1 convolution W (dashed) brings x to the new one."
            ),
            (false, true) => text!(
                "Every block with an arc changes the shape here, so each arc is a projection, a 1×1 convolution W: none carries x \
                 unchanged."
            ),
            (true, false) => text!("Each arc carries x unchanged, and the gradient comes back the same way."),
            (false, false) => return String::new(),
        };
        match self.absent {
            None => arcs.into(),
            Some(count) => {
                let absent = tr!("{n} block has no skip connection." | "{n} blocks have no skip connection." % count);
                format!("{arcs} {absent}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{BlockPlace, NetworkChoices};

    fn kinds(choices: NetworkChoices) -> SkipKinds {
        SkipKinds::of(&ResNetSpec::new(choices).unwrap())
    }

    #[test]
    fn depth_11_has_projections_alone_and_says_so() {
        let kinds = kinds(NetworkChoices { depth: 11, ..Default::default() });
        assert_eq!(kinds, SkipKinds { identity: None, projection: Some(3), absent: None }, "each block begins a stage");
        assert!(kinds.in_words().contains("none carries x unchanged"), "{}", kinds.in_words());
    }

    #[test]
    fn deeper_networks_have_both() {
        let switched = BlockPlace { stage: 1, block: 1 };
        let kinds = kinds(NetworkChoices { depth: 29, switched_blocks: vec![switched], ..Default::default() });
        assert_eq!(kinds, SkipKinds { identity: Some(5), projection: Some(3), absent: Some(1) });
        assert!(kinds.in_words().ends_with("1 block has no skip connection."), "{}", kinds.in_words());
    }

    #[test]
    fn a_plain_network_has_none() {
        let kinds = kinds(NetworkChoices { skip_connections: false, ..Default::default() });
        assert!(kinds.are_none() && kinds.in_words().is_empty(), "and nothing is said of arcs");
    }
}
