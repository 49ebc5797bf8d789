//! The wasm32 target, Trunk and wasm-bindgen.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{process, project};

const TARGET: &str = "wasm32-unknown-unknown";
/// The newest Trunk that the project's Rust version builds.
const TRUNK: &str = "0.21.14";

/// What lies beside the compiler.
fn rustlib() -> Result<PathBuf> {
    let sysroot = process::output(process::tool("rustc").args(["--print", "sysroot"]))
        .context("Rust is missing; install it from https://rustup.rs")?;
    Ok(PathBuf::from(sysroot).join("lib/rustlib"))
}

/// Whether all is there that the trainer for several threads takes.
pub fn can_build_threads() -> Result<bool> {
    Ok(has_standard_library()? && is_there("wasm-bindgen", &wasm_bindgen_version()?))
}

fn has_standard_library() -> Result<bool> {
    Ok(rustlib()?.join("src/rust/library/std").is_dir())
}

/// The standard library's source, of which the trainer for several threads gets one of its own.
pub fn standard_library() -> Result<()> {
    if has_standard_library()? {
        println!("  source of the standard library: there");
        return Ok(());
    }
    process::step("adding the source of Rust's standard library");
    process::find("rustup").context(
        "the source of Rust's standard library is missing and so is rustup; install the source the way you installed Rust (often `rust-src`)",
    )?;
    process::run(process::tool("rustup").args(["component", "add", "rust-src"]))
}

pub fn wasm_target() -> Result<()> {
    if rustlib()?.join(TARGET).is_dir() {
        println!("  {TARGET} target: there");
        return Ok(());
    }
    process::step("adding Rust's WebAssembly target");
    process::find("rustup")
        .with_context(|| format!("Rust's {TARGET} target is missing and so is rustup; install the target the way you installed Rust"))?;
    process::run(process::tool("rustup").args(["target", "add", TARGET]))
}

pub fn trunk() -> Result<()> {
    // Its lock file is kept: newer versions of what it uses need not build with our Rust.
    tool("trunk", TRUNK, &["trunk", "--locked"], "0")
}

/// wasm-bindgen must be of the very version the page is linked with.
pub fn wasm_bindgen() -> Result<()> {
    tool("wasm-bindgen", &wasm_bindgen_version()?, &["wasm-bindgen-cli"], "1")
}

fn wasm_bindgen_version() -> Result<String> {
    let lock = project::root().join("Cargo.lock");
    locked_version(&project::read_text(&lock)?, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen; run `cargo generate-lockfile`")
}

/// Whether the program that our search path finds is of this version.
fn is_there(program: &str, version: &str) -> bool {
    let found = process::output(process::tool(program).arg("--version"));
    found.as_deref().and_then(|line| line.split_whitespace().nth(1)) == Some(version)
}

/// Makes sure that the program our search path finds is of this version; one that has to be built is optimised that much.
/// A tool that runs for seconds is not worth minutes of optimising; wasm-bindgen reads tens of megabytes, which is too slow
/// with none at all.
fn tool(program: &str, version: &str, install: &[&str], optimisation: &str) -> Result<()> {
    if is_there(program, version) {
        println!("  {program} {version}: there");
        return Ok(());
    }
    process::step(&format!("building {program} {version} into .tools (a few minutes, once)"));
    let mut cargo = process::cargo();
    cargo.args(["install", "--root", ".tools", "--force", "--version", version]).args(install);
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    process::run(cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", optimisation))
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

    #[test]
    fn the_lock_file_names_the_version() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
    }

    #[test]
    fn a_package_that_is_not_locked_has_no_version() {
        assert_eq!(locked_version(LOCK, "leptos"), None);
    }
}
