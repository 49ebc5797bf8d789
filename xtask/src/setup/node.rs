//! Node's packages: Playwright for the browser tests, binaryen for `wasm-opt`; the libraries that `bench` compares with.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use crate::{project, shell};

/// Playwright needs this version or a newer one.
const NODE: u32 = 20;

pub fn packages() -> Result<()> {
    let (sh, npm) = (shell::shell()?, shell::npm("npm"));
    let missing =
        || format!("Node is missing; install version {NODE} or newer, with npm, from https://nodejs.org or your system's packages");
    let version = cmd!(sh, "node --version").read().with_context(missing)?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    ensure!(major.is_some_and(|major: u32| major >= NODE), "Node {version} is too old; install version {NODE} or newer");
    cmd!(sh, "{npm} --version").read().with_context(missing)?;

    install(&project::root(), "Playwright, wasm-opt")?;
    println!("  Node {version} and packages: there");
    Ok(())
}

/// Installs what the lock file in `folder` names.
pub fn install(folder: &Path, what: &str) -> Result<()> {
    // A copy of the lock file is kept with what it installed: equal means nothing to do.
    let lock = project::read(&folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    shell::step(&format!("installing Node packages ({what})"));
    let (sh, npm) = (shell::shell()?, shell::npm("npm"));
    sh.change_dir(folder);
    cmd!(sh, "{npm} ci --no-fund --no-audit").env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").run()?;
    project::write(&stamp, &lock)
}
