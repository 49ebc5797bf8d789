//! The canvas that a drawing is seen through.

use super::{Orientation, Rectangle};

/// Sizes of a drawing and of the canvas it is seen through, in pixels at scale 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// Width and height of the drawing.
    pub world: [f64; 2],
    /// Width and height of the canvas: the whole drawing while everything is folded.
    pub canvas: [f64; 2],
    /// Which way the network runs.
    pub orientation: Orientation,
}

impl Room {
    pub(super) fn all(&self) -> Rectangle {
        Rectangle { x: 0.0, y: 0.0, width: self.world[0], height: self.world[1] }
    }

    /// Whether there is more to see than the canvas takes at scale 1.
    pub fn is_larger_than_canvas(&self) -> bool {
        self.world[0] > self.canvas[0] + 0.5 || self.world[1] > self.canvas[1] + 0.5
    }

    /// Place of the trunk's axis in `[x, y]`.
    pub(super) fn axis(&self) -> usize {
        if self.orientation == Orientation::Wide { 0 } else { 1 }
    }
}
