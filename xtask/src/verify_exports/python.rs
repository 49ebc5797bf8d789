//! A Python environment of its own, so that nothing on the machine changes.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::workplace;
use crate::process;

/// Keras runs on JAX, the lightest of its backends that has every layer on the CPU. PyTorch's package on
/// PyPI brings its GPU libraries along (5 GB); only its CPU part is used.
const PACKAGES: [&str; 5] = ["keras==3.15.1", "jax==0.7.2", "torch==2.13.0", "safetensors==0.6.2", "numpy"];

/// The environment's interpreter; made and filled on first use.
pub fn environment() -> Result<PathBuf> {
    let folder = workplace().join("venv");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        process::step("making a Python environment in target/verify-exports/venv");
        let base = if cfg!(windows) { "python" } else { "python3" };
        process::run(Command::new(base).args(["-m", "venv"]).arg(&folder)).context("Python 3.11 or newer with venv is needed")?;
    }
    process::step("installing Keras and PyTorch in it (5 GB the first time)");
    process::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--no-input"]).args(PACKAGES))?;
    Ok(python)
}
