//! Names of the workers' scripts in the page's folder.
//!
//! A published page has a content hash in each name, and says them in `<meta name="worker" data-program="…">` elements that
//! the build writes. A page that Trunk built alone has neither.

use leptos::prelude::document;

/// The script that loads the trainer that computes on the CPU.
pub fn trainer_cpu() -> String {
    script("trainer_cpu", "trainer_cpu_start.js")
}

/// The script that loads the trainer that computes on WebGPU.
pub fn trainer_webgpu() -> String {
    script("trainer_webgpu", "trainer_webgpu_loader.js")
}

/// The script that loads the worker for imports, exports and reports.
pub fn tasks() -> String {
    script("tasks", "tasks_loader.js")
}

/// Whether this build has yet to get its WebGPU trainer: `cargo xtask serve` opens the page before it is there.
pub fn lacks_webgpu() -> bool {
    listed("").is_some() && listed("[data-program=trainer_webgpu]").is_none()
}

/// The name that the build wrote for a program, or the one that Trunk gives.
fn script(program: &str, unhashed: &str) -> String {
    listed(&format!("[data-program={program}]")).unwrap_or_else(|| unhashed.to_owned())
}

fn listed(which: &str) -> Option<String> {
    document().query_selector(&format!("meta[name=worker]{which}")).ok()??.get_attribute("content")
}
