//! How much of a map one thread computes.

/// Neighbouring pixels of a row and groups of channels that one thread of a convolution writes: every number it reads is
/// used by the whole side of the tile. Each number is summed in the same order in every tile, so a tile decides how
/// fast a network trains and never what it computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    pub(super) pixels: u32,
    pub(super) groups: u32,
}

impl Tile {
    /// Reads least, and leaves a small map to few threads: what an adapter by software wants.
    pub const LARGEST: Self = Self { pixels: 8, groups: 2 };

    /// Those to choose from, the largest first. A GPU with thousands of threads wants smaller ones, and so does one that
    /// has registers for fewer numbers.
    pub const ALL: [Self; 4] = [Self::LARGEST, Self { pixels: 4, groups: 2 }, Self { pixels: 4, groups: 1 }, Self { pixels: 2, groups: 1 }];

    /// `8 × 2`: pixels and groups of four channels.
    pub fn name(self) -> String {
        format!("{} × {}", self.pixels, self.groups)
    }
}
