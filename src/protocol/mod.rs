//! What the page and its workers say to each other.

mod import_fields;
pub mod tasks;
mod trainer;

pub use import_fields::ImportFields;
pub use trainer::*;
