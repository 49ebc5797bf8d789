//! Which tile the convolutions of this trainer compute.

use std::cell::Cell;

use resnet_kernels::wgsl::Tile;

thread_local! {
    /// A trainer has one device, and one thread that launches its kernels.
    static CHOSEN: Cell<Tile> = const { Cell::new(Tile::LARGEST) };
}

/// The tile of all convolutions from now on. It changes how long they take and not one of their numbers.
pub fn use_tile(tile: Tile) {
    CHOSEN.set(tile);
}

/// The one in use.
pub fn chosen_tile() -> Tile {
    CHOSEN.get()
}
