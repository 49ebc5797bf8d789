//! What the page and its trainers and workers say to each other, and the page in a frame and the page around it.

pub mod embed;
pub mod embed_state;
pub mod splice;
pub mod tasks;
mod trainer;
pub mod workstation;

pub use trainer::*;
