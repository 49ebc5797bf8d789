//! Running other programs: in the repository's root, with the project's own tools first on the search path.

use std::{ffi::OsString, path::PathBuf};

use anyhow::{Context, Result};
use xshell::{Cmd, Shell, cmd};

use crate::project;

/// Says what happens next.
pub fn step(what: &str) {
    println!("→ {what}");
}

/// A shell in the repository's root.
pub fn shell() -> Result<Shell> {
    let shell = Shell::new()?;
    shell.change_dir(project::root());
    shell.set_var("PATH", path());
    Ok(shell)
}

/// Runs a program that warns about what is done on purpose (wasm-bindgen, wasm-opt): only a failure shows what it says.
pub fn quietly(command: Cmd) -> Result<()> {
    let shown = command.to_string();
    let output = command.ignore_status().output().with_context(|| "`cargo xtask setup` installs it")?;
    anyhow::ensure!(output.status.success(), "`{shown}` failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// One of Trunk's commands.
pub fn trunk<'a>(sh: &'a Shell, command: &str) -> Cmd<'a> {
    let trunk = cmd!(sh, "trunk {command}").quiet().env("RUST_BACKTRACE", "0"); // where it fails, its message is enough
    // Trunk refuses the usual NO_COLOR=1.
    if std::env::var_os("NO_COLOR").is_some() { trunk.env("NO_COLOR", "true") } else { trunk }
}

/// What npm's programs are called: they are scripts with an extension on Windows.
pub fn npm(program: &str) -> String {
    if cfg!(windows) { format!("{program}.cmd") } else { program.to_owned() }
}

/// Where a program lies on our search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path()).map(|directory| directory.join(&file)).find(|path| path.is_file())
}

/// The search path with the project's own tools in front.
fn path() -> OsString {
    let root = project::root();
    let own = [root.join(".tools/bin"), root.join("node_modules/.bin")];
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&inherited))).unwrap_or(inherited)
}
