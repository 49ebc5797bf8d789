//! The workers' sides: the trainer, and tasks that would hold up the page.

#[cfg(any(feature = "app", feature = "train", feature = "tasks"))]
pub mod javascript;
#[cfg(all(target_family = "wasm", any(feature = "train", feature = "tasks")))]
mod language;
#[cfg(any(feature = "app", feature = "tasks"))]
pub mod locks;
#[cfg(any(feature = "app", feature = "train", feature = "tasks"))]
pub mod storage;
pub mod tasks;
#[cfg(feature = "train")]
pub mod trainer;
