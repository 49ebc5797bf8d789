//! The trainer's side of the [`crate::protocol`]: commands in, events out.
//!
//! [`run`] is the command loop. It knows only a [`Host`], so native tests drive it with a queue and
//! the file system, and the browser (`browser.rs`) with a Web Worker's messages and `fetch`.

mod arriving_images;
#[cfg(target_family = "wasm")]
mod browser;
mod comparison;
mod epoch_end;
#[cfg(all(target_family = "wasm", feature = "webgpu"))]
mod gpu_without_timestamps;
mod host;
mod images;
mod keep_work;
#[cfg(all(target_family = "wasm", feature = "webgpu"))]
mod kernel_choice;
mod lesions;
mod memory;
#[cfg(target_family = "wasm")]
mod module_constructors;
mod run;
mod session;
mod study;
#[cfg(all(target_family = "wasm", feature = "threads"))]
mod threads;
#[cfg(all(target_family = "wasm", feature = "webgpu"))]
mod webgpu_device;

#[cfg(target_family = "wasm")]
pub use browser::start_cpu;
#[cfg(all(target_family = "wasm", feature = "webgpu"))]
pub use browser::start_webgpu;
pub use host::{Host, KeepFailure};
pub use session::run;
