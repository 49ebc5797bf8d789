//! What Rust brings along, Trunk and wasm-bindgen.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use crate::shell;

const TARGET: &str = "wasm32-unknown-unknown";
/// The newest Trunk that the project's Rust version builds.
const TRUNK: &str = "0.21.14";

/// What `rust-toolchain.toml` names. rustup has installed it by now, unless somebody switched that off; whoever has no rustup may
/// miss something.
pub fn toolchain() -> Result<()> {
    let missing = "install Rust from https://rustup.rs, or this the way you installed Rust";
    if !has_target()? {
        rustup(&["target", "add", TARGET])?;
    }
    ensure!(has_target()?, "Rust's {TARGET} target is missing: {missing}");
    if !has_standard_library()? {
        rustup(&["component", "add", "rust-src"])?;
    }
    ensure!(has_standard_library()?, "the source of Rust's standard library (often called `rust-src`) is missing: {missing}");
    println!("  {TARGET} target, source of the standard library: there");
    Ok(())
}

/// Asks rustup for a part of the toolchain, where Rust came with rustup.
fn rustup(arguments: &[&str]) -> Result<()> {
    if shell::find("rustup").is_none() {
        return Ok(());
    }
    let sh = shell::shell()?;
    Ok(cmd!(sh, "rustup {arguments...}").run()?)
}

/// What lies beside the compiler.
fn rustlib() -> Result<PathBuf> {
    let sh = shell::shell()?;
    Ok(PathBuf::from(cmd!(sh, "rustc --print sysroot").read()?).join("lib/rustlib"))
}

fn has_target() -> Result<bool> {
    Ok(rustlib()?.join(TARGET).is_dir())
}

fn has_standard_library() -> Result<bool> {
    Ok(rustlib()?.join("src/rust/library/std").is_dir())
}

/// Whether all is there that the trainer for several threads takes.
pub fn can_build_threads() -> Result<bool> {
    Ok(has_standard_library()? && is_there("wasm-bindgen", &wasm_bindgen()?)?)
}

/// Trunk, and wasm-bindgen of the very version the page is linked with.
pub fn tools() -> Result<()> {
    // Trunk's lock file is kept: newer versions of what it uses need not build with our Rust. All features left away are about
    // reaching other servers. A tool that runs for seconds is not worth minutes of optimising.
    tool("trunk", TRUNK, &["trunk", "--locked", "--no-default-features"], "0")?;
    // It reads tens of megabytes, which takes too long without any optimising.
    tool("wasm-bindgen", &wasm_bindgen()?, &["wasm-bindgen-cli", "--no-default-features"], "1")
}

/// The version of wasm-bindgen in the lock file.
fn wasm_bindgen() -> Result<String> {
    let sh = shell::shell()?;
    let id = cmd!(sh, "cargo pkgid wasm-bindgen").read()?;
    id.rsplit_once(['@', '#']).map(|(_, version)| version.to_owned()).with_context(|| format!("`{id}` holds no version"))
}

/// Whether the program that our search path finds is of this version.
fn is_there(program: &str, version: &str) -> Result<bool> {
    let sh = shell::shell()?;
    let found = cmd!(sh, "{program} --version").ignore_stderr().read();
    Ok(found.is_ok_and(|line| line.split_whitespace().nth(1) == Some(version)))
}

/// Makes sure that the program our search path finds is of this version: with cargo-binstall, where that is there and finds it
/// built, else from its source, optimised that much.
fn tool(program: &str, version: &str, install: &[&str], optimisation: &str) -> Result<()> {
    if is_there(program, version)? {
        println!("  {program} {version}: there");
        return Ok(());
    }
    let sh = shell::shell()?;
    let package = format!("{}@{version}", install[0]);
    if shell::find("cargo-binstall").is_some()
        && cmd!(sh, "cargo binstall --no-confirm --force --strategies crate-meta-data --root .tools {package}").run().is_ok()
    {
        return Ok(());
    }
    shell::step(&format!("building {program} {version} into .tools (a few minutes, once)"));
    let cargo = cmd!(sh, "cargo install --root .tools --force --version {version} --bin {program} {install...}").quiet();
    let profile = [("LTO", "off"), ("CODEGEN_UNITS", "16"), ("OPT_LEVEL", optimisation), ("DEBUG", "0")];
    Ok(cargo.envs(profile.map(|(key, value)| (format!("CARGO_PROFILE_RELEASE_{key}"), value))).run()?)
}
