//! What the page and its workers say to each other.

pub mod tasks;
mod trainer;

pub use trainer::*;
