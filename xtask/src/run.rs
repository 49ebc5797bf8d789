//! Commands that are programs of the project itself: built when needed, then run with the caller's words.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::options::Options;
use crate::project;

/// Prints a network in figures.
pub fn describe(options: Options) -> Result<()> {
    program("describe", None, options.into_words())
}

/// Compares the CPU backend with reference cases.
pub fn parity(options: Options) -> Result<()> {
    program("parity", Some("train"), options.into_words())
}

/// Trains natively what a link trains in a browser.
pub fn train(options: Options) -> Result<()> {
    program("train", Some("train,whitening"), options.into_words())
}

/// Runs in the caller's directory, so that relative paths mean what they say; only the program's own
/// output reaches standard output.
fn program(name: &str, features: Option<&str>, words: Vec<String>) -> Result<()> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--quiet", "--package", "resnet-playground", "--bin", name]);
    command.arg("--manifest-path").arg(project::root().join("Cargo.toml"));
    if let Some(features) = features {
        command.args(["--features", features]);
    }
    let status = command.arg("--").args(words).status().with_context(|| format!("cannot start cargo to run {name}"))?;
    if !status.success() {
        bail!("{name} did not succeed; what it printed above says why");
    }
    Ok(())
}
