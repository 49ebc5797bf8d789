//! Pure geometry: the drawing of a network, curves, and pictures as text.

pub mod escape;
pub mod network;
pub mod palette;
pub mod picture;
pub mod plot;
pub mod qr_code;
pub mod saved_map;
mod standalone;
mod svg_tag;
