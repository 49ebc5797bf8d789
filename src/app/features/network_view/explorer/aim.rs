//! What the camera is aimed at, and its way there.

use crate::drawing::network::{Camera, Room};

/// What somebody aimed the camera at. It holds for canvases of one size: in another one everything is elsewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    pub camera: Camera,
    pub canvas: [f64; 2],
}

impl Aim {
    /// Whether it was made in a canvas of this size.
    pub fn is_for(&self, room: &Room) -> bool {
        self.canvas == room.canvas
    }
}

/// The camera on its way.
#[derive(Clone)]
pub struct Flight {
    pub from: Camera,
    pub to: Camera,
    pub start_ms: f64,
}
