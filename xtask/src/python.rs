//! A Python environment of its own, so that nothing on the machine changes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{project, shell};

/// The interpreter of the environment in `folder`, with `packages` in it; made by `base` and filled on first use.
pub fn environment(folder: &Path, base: &str, packages: &[&str]) -> Result<PathBuf> {
    let sh = shell::shell()?;
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        shell::step(&format!("making a Python environment in {}", project::shown(folder)));
        cmd!(sh, "{base} -m venv {folder}").run().context("Python 3.11 or newer with venv is needed")?;
    }
    cmd!(sh, "{python} -m pip install --quiet --no-input {packages...}").run()?;
    Ok(python)
}

/// What Python is called here.
pub fn usual() -> &'static str {
    if cfg!(windows) { "python" } else { "python3" }
}
