//! The static pages beside the page: guide, glossary, presets with their cards (package `site`).

use std::path::Path;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::shell;

/// Writes them into the folder that holds the built page. It is a package of its own because it holds the page's core and what
/// draws pictures, for which xtask should not wait.
pub fn write(page: &Path) -> Result<()> {
    shell::step("writing guide, glossary, presets and posters");
    let sh = shell::shell()?;
    let cargo = cmd!(sh, "cargo run --quiet --profile xtask --package site -- {page}").quiet();
    cargo.run().context("the pages beside the playground could not be written")
}
