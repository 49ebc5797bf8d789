//! Pure geometry: the drawing of a network, curves, and pictures as text.

pub mod escape;
pub mod network;
pub mod picture;
pub mod plot;
