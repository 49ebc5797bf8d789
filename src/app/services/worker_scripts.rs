//! Names of the workers' scripts in the page's folder.

use crate::run::TrainerKind;

/// The script that loads a trainer.
pub fn trainer(kind: TrainerKind) -> &'static str {
    match kind {
        TrainerKind::Cpu => "trainer_cpu_start.js",
        TrainerKind::WebGpu => "trainer_webgpu_loader.js",
    }
}

/// The script that loads the worker for imports, exports and reports.
pub fn tasks() -> &'static str {
    "tasks_loader.js"
}
