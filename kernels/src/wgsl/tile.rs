//! How much of a map one thread computes.

/// Neighbouring pixels of a row and groups of channels that one thread of a convolution writes: every number it reads is
/// used by the whole side of the tile. Each number is summed in the same order in every tile, so a tile decides how
/// fast a network trains and never what it computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    pub(super) pixels: u32,
    pub(super) groups: u32,
    /// Groups of channels that are read before the first of them is used: a card answers several requests in the time of one. Of a
    /// kernel's gradient, pixels.
    pub(super) ahead: u32,
    /// What a thread sums of a kernel's gradient.
    pub(super) weights: Weights,
}

/// Weights whose gradient one thread sums: in all of these four input channels, or eight of a 1×1 kernel where they are not `Fewest`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Weights {
    /// Of a row of the kernel, by two groups of output channels.
    Most,
    /// Of a row of the kernel, by one group.
    Fewer,
    /// Of one place of the kernel, by one group.
    Fewest,
}

impl Tile {
    /// Reads least, and leaves a small map to few threads: what an adapter by software wants.
    pub const LARGEST: Self = Self { pixels: 8, groups: 2, ahead: 1, weights: Weights::Most };

    /// Those to choose from, the largest first. A GPU with thousands of threads wants smaller ones, and so does one that
    /// has registers for fewer numbers.
    pub const ALL: [Self; 5] = [
        Self::LARGEST,
        Self { pixels: 4, groups: 2, ahead: 2, weights: Weights::Fewer },
        Self { pixels: 4, groups: 1, ahead: 2, weights: Weights::Fewer },
        Self { pixels: 2, groups: 1, ahead: 2, weights: Weights::Fewest },
        Self { pixels: 2, groups: 1, ahead: 4, weights: Weights::Fewest },
    ];

    /// `8 × 2`: pixels and groups of four channels; behind it how many groups are read ahead.
    pub fn name(self) -> String {
        let Self { pixels, groups, ahead, .. } = self;
        if ahead == 1 { format!("{pixels} × {groups}") } else { format!("{pixels} × {groups}, {ahead} ahead") }
    }

    /// Whether it is meant for a card, where many requests are under way at once and a barrier is cheap.
    pub(super) fn reads_ahead(self) -> bool {
        self.ahead > 1
    }

    /// Groups that are read ahead where there are so many: what divides them, since a rest would need a loop of its own.
    pub(super) fn ahead_of(self, groups: u32) -> u32 {
        (1..=self.ahead).rev().find(|ahead| groups.is_multiple_of(*ahead)).unwrap_or(1)
    }
}
