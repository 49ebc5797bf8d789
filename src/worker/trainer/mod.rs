//! The trainer's side of the [`crate::protocol`]: commands in, events out.
//!
//! [`run`] is the command loop. It knows only a [`Host`], so native tests drive it with a queue and
//! the file system, and the browser (`browser.rs`) with a Web Worker's messages and `fetch`.

mod arriving_images;
#[cfg(target_family = "wasm")]
mod browser;
mod comparison;
mod epoch_end;
#[cfg(feature = "webgpu")]
mod gpu_settings;
#[cfg(all(target_family = "wasm", feature = "webgpu"))]
mod gpu_without_timestamps;
mod host;
mod images;
mod keep_work;
#[cfg(feature = "webgpu")]
mod kernel_choice;
mod lesions;
mod memory;
#[cfg(target_family = "wasm")]
mod module_constructors;
#[cfg(all(not(target_family = "wasm"), feature = "webgpu"))]
mod native_gpu;
#[cfg(target_family = "wasm")]
mod refused_memory;
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
#[cfg(feature = "webgpu")]
pub use kernel_choice::Adapter;
#[cfg(all(not(target_family = "wasm"), feature = "webgpu"))]
pub use native_gpu::{NoGpu, open_gpu};
pub use session::run;
#[cfg(feature = "webgpu")]
pub use session::run_on_gpu;
