//! Pure geometry: the drawing of a network, curves, and pictures as text.

pub mod bitmap;
pub mod escape;
pub mod network;
pub mod plot;
