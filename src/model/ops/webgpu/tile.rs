//! Which tile the convolutions of this trainer compute.

use std::sync::{Mutex, PoisonError};

use resnet_kernels::wgsl::Tile;

/// A trainer has one device. Natively a thread of the library's launches its kernels, so the choice belongs to no thread.
static CHOSEN: Mutex<Tile> = Mutex::new(Tile::LARGEST);

/// The tile of all convolutions from now on. It changes how long they take and not one of their numbers.
pub fn use_tile(tile: Tile) {
    *CHOSEN.lock().unwrap_or_else(PoisonError::into_inner) = tile;
}

/// The one in use.
pub fn chosen_tile() -> Tile {
    *CHOSEN.lock().unwrap_or_else(PoisonError::into_inner)
}
