//! The workbench: a small worker for what the page needs only now and then, so that neither the page nor a trainer
//! carries it. Requests in, answers out; what is shown comes as finished HTML.

mod answer;
#[cfg(all(target_family = "wasm", feature = "workbench"))]
mod browser;
#[cfg(all(target_family = "wasm", feature = "workbench"))]
mod browser_files;
#[cfg(all(target_family = "wasm", feature = "workbench"))]
mod browser_images;
#[cfg(all(target_family = "wasm", feature = "workbench"))]
mod browser_storage;
#[cfg(all(target_family = "wasm", feature = "workbench"))]
mod browser_whitening;
pub mod data_sets;
mod protocol;
mod report;

pub use answer::answer;
#[cfg(all(target_family = "wasm", feature = "workbench"))]
pub use browser::start;
pub use protocol::{Numbered, WORKBENCH_VERSION, WorkbenchAnswer, WorkbenchRequest};
pub use report::{ReportPart, ReportRequest};
