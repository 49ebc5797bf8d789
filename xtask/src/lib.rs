//! What `cargo xtask` does, one file for each command, and what `bench` and `cifar` need of it.

pub mod compressed;
pub mod constructors;
mod content_hash;
pub mod dist;
pub mod headers;
pub mod languages;
pub mod offline;
pub mod policy;
pub mod project;
pub mod python;
pub mod serve;
pub mod setup;
pub mod shell;
pub mod site;
pub mod sizes;
pub mod soak;
pub mod stick;
pub mod test;
pub mod verify_exports;
pub mod workers;
