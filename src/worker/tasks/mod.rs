//! The workbench: a small worker for what the page needs only now and then, so that neither the page nor a trainer
//! carries it. Requests in, answers out; what is shown comes as finished HTML.

mod answer;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser_files;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser_images;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser_storage;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
mod browser_whitening;
pub mod data_sets;
mod report;
mod report_html;

pub use answer::answer;
#[cfg(all(target_family = "wasm", feature = "tasks"))]
pub use browser::start;
