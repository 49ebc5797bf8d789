//! A Python environment of its own, so that nothing on the machine changes.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{process, project};

/// The interpreter of the environment in `folder`, with `packages` in it; made by `base` and filled on first use.
pub fn environment(folder: &Path, base: &str, packages: &[&str]) -> Result<PathBuf> {
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        process::step(&format!("making a Python environment in {}", project::shown(folder)));
        process::run(Command::new(base).args(["-m", "venv"]).arg(folder)).context("Python 3.11 or newer with venv is needed")?;
    }
    process::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--no-input"]).args(packages))?;
    Ok(python)
}

/// What Python is called here.
pub fn usual() -> &'static str {
    if cfg!(windows) { "python" } else { "python3" }
}
