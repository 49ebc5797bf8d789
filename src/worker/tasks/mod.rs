//! The worker for tasks that the page needs only now and then, and that would hold it up: imports, evaluations, code,
//! whitening. Requests in, [values](crate::protocol::tasks) out.

mod answer;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser_decoder;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser_files;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser_images;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser_storage;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser_whitening;
pub mod class_pictures;
pub mod dataset_store;

pub use answer::answer;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
pub use browser::start;
