//! Running other programs, with a line before that says why and a sentence after when it went wrong.

use std::{
    ffi::OsString,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use crate::project;

/// Says what happens next.
pub fn step(what: &str) {
    println!("→ {what}");
}

/// Runs to the end, with the program's output shown as it comes.
pub fn run(command: &mut Command) -> Result<()> {
    let name = shown(command);
    let status = command.status().with_context(|| format!("cannot start `{name}`"))?;
    if !status.success() {
        bail!("`{name}` failed; what it printed above says why");
    }
    Ok(())
}

/// What a program prints when it succeeds; None when it is missing or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A program in the repository's root that finds the project's own tools first.
pub fn tool(program: &str) -> Command {
    let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
    command.current_dir(project::root()).env("PATH", path());
    command
}

/// wasm-bindgen and wasm-opt warn about what was stripped on purpose: only a failure shows what they say.
pub fn quietly(command: &mut Command) -> Result<()> {
    let program = project::file_name(command.get_program().as_ref());
    let output = command.output().with_context(|| format!("cannot start `{program}`; `cargo xtask setup` installs it"))?;
    ensure!(output.status.success(), "`{program}` failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

pub fn cargo() -> Command {
    // The cargo that runs xtask, so that `cargo +toolchain xtask` is obeyed throughout.
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(project::root());
    command
}

pub fn trunk() -> Command {
    let mut command = tool("trunk");
    // Trunk refuses the usual NO_COLOR=1; and where it fails, its message is enough.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command.env("RUST_BACKTRACE", "0");
    command
}

/// npm and npx are scripts with an extension on Windows.
pub fn npm(program: &str) -> Command {
    tool(&if cfg!(windows) { format!("{program}.cmd") } else { program.to_owned() })
}

/// Where a program lies on our search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = if program.contains('.') { program.to_owned() } else { format!("{program}{}", std::env::consts::EXE_SUFFIX) };
    std::env::split_paths(&path()).map(|directory| directory.join(&file)).find(|path| path.is_file())
}

/// The search path with the project's own tools in front.
fn path() -> OsString {
    let root = project::root();
    let own = [root.join(".tools/bin"), root.join("node_modules/.bin")];
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&inherited))).unwrap_or(inherited)
}

fn shown(command: &Command) -> String {
    let program = project::file_name(command.get_program().as_ref());
    let arguments = command.get_args().map(|argument| format!(" {}", argument.to_string_lossy()));
    program + &arguments.collect::<String>()
}
