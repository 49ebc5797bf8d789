//! Names of the workers' scripts in the page's folder.
//!
//! A published page has a content hash in each name, and says them in `<meta name="worker" data-program="…">` elements that
//! the build writes, with the size of each program in bytes. A page that Trunk built alone has neither.

use leptos::prelude::{document, window};

use crate::run::TrainerKind;
use crate::worker::javascript::get;

/// The script that loads the trainer that computes on the CPU.
pub fn trainer_cpu() -> String {
    script("trainer_cpu", "trainer_cpu_start.js")
}

/// The script that loads the trainer that computes on WebGPU.
pub fn trainer_webgpu() -> String {
    script("trainer_webgpu", "trainer_webgpu_loader.js")
}

/// Files that starting a trainer fetches: the script that it begins with, that of its program, and the program.
pub fn files_of(trainer: TrainerKind) -> Vec<String> {
    let (first, program) = match trainer {
        TrainerKind::Cpu if takes_threads() => (trainer_cpu(), "trainer_cpu_threads"),
        TrainerKind::Cpu => (trainer_cpu(), "trainer_cpu"),
        TrainerKind::WebGpu => (trainer_webgpu(), "trainer_webgpu"),
        TrainerKind::Workstation => return Vec::new(),
    };
    // All files of a worker have one hash.
    let hash = first.trim_end_matches(".js").rsplit_once('-').map_or_else(String::new, |(_, hash)| format!("-{hash}"));
    let (script, program) = (format!("{program}{hash}.js"), format!("{program}_bg{hash}.wasm"));
    vec![first, script, program]
}

/// Whether the CPU trainer takes several threads: the build has such a trainer, and the page may share memory with it.
fn takes_threads() -> bool {
    trainer_cpu().starts_with("trainer_cpu_start") && get(&window(), "crossOriginIsolated").is_truthy()
}

/// The script that loads the worker for imports, exports and reports.
pub fn tasks() -> String {
    script("tasks", "tasks_loader.js")
}

/// Whether this build has yet to get its WebGPU trainer: `cargo xtask serve` opens the page before it is there.
pub fn lacks_webgpu() -> bool {
    listed("").is_some() && listed("[data-program=trainer_webgpu]").is_none()
}

/// Bytes of the program that this script loads; 0 where the build did not write them.
pub fn program_bytes(script: &str) -> u64 {
    let element = document().query_selector(&format!("meta[name=worker][content=\"{script}\"]")).ok().flatten();
    element.and_then(|element| element.get_attribute("data-bytes")?.parse().ok()).unwrap_or(0)
}

/// The name that the build wrote for a program, or the one that Trunk gives.
fn script(program: &str, unhashed: &str) -> String {
    listed(&format!("[data-program={program}]")).unwrap_or_else(|| unhashed.to_owned())
}

fn listed(which: &str) -> Option<String> {
    document().query_selector(&format!("meta[name=worker]{which}")).ok()??.get_attribute("content")
}
