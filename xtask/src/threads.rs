//! `cargo xtask threads`: the CPU trainer for several threads. Trunk runs it after its own builds (`Trunk.toml`).
//!
//! Threads of a browser share memory only in a program that was built for it, standard library included, and the one that
//! Rust ships is not. So it is built from source, with the switch that lets a stable compiler do that, into a target folder of
//! its own: build scripts look at the switch, and in the same folder each build would undo the other.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{options::Options, process, project, setup};

const TARGET: &str = "wasm32-unknown-unknown";
const PROGRAM: &str = "trainer_cpu";
/// What its files are called.
const BOUND: &str = "trainer_cpu_threads";
/// What wasm-opt must know of: the compiled program no longer says so.
const FEATURES: [&str; 8] =
    ["threads", "bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue", "simd"];
/// Takes away what is there twice or not used. Most of what else wasm-opt does shortens the program and lengthens its download.
const SMALLER: [&str; 8] = [
    "--duplicate-function-elimination",
    "--remove-unused-module-elements",
    "--dce",
    "--remove-unused-brs",
    "--remove-unused-names",
    "--merge-blocks",
    "--duplicate-function-elimination",
    "--vacuum",
];
/// As much memory as 32 bits can address: networks that one thread trains, more do too.
const MOST_MEMORY: u64 = 1 << 32;
/// What wasm-bindgen makes of one thread's memory for the next.
const THREAD_LOCALS: [&str; 4] = ["__wasm_init_tls", "__tls_size", "__tls_align", "__tls_base"];

pub fn command(options: Options) -> Result<()> {
    options.finish()?;
    let of_trunk = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    // A debug build of the page trains on one thread.
    if of_trunk.is_some() && std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug") {
        return Ok(());
    }
    if of_trunk.is_none() {
        setup::page()?;
    } else if !setup::can_build_threads()? {
        println!("The CPU trains on one thread in this page: `cargo xtask setup` installs what more take.");
        return Ok(());
    }
    let into = of_trunk.unwrap_or_else(project::dist);
    if !into.is_dir() {
        bail!("{} holds no page yet; run `cargo xtask dist`", project::shown(&into));
    }
    let program = build()?;
    let mut bindgen = process::tool("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--remove-name-section", "--remove-producers-section"]);
    process::quietly(bindgen.args(["--out-name", BOUND, "--out-dir"]).arg(&into).arg(program))?;
    let bound = into.join(format!("{BOUND}_bg.wasm"));
    let features = FEATURES.map(|feature| format!("--enable-{feature}"));
    process::quietly(process::tool("wasm-opt").args(features).args(SMALLER).arg(&bound).arg("-o").arg(&bound))
}

fn build() -> Result<PathBuf> {
    process::step("building the CPU trainer for several threads, with a standard library for shared memory");
    let folder = project::root().join("target/threads");
    let mut cargo = process::cargo();
    cargo.args(["build", "-Zbuild-std=std,panic_abort", "--release", "--target", TARGET, "--target-dir"]).arg(&folder);
    cargo.args(["--package", "resnet-playground", "--no-default-features", "--features", "threads", "--bin", PROGRAM]);
    // These replace the flags of `.cargo/config.toml`.
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", flags());
    process::run(&mut cargo).context("without it the page trains on one thread")?;
    Ok(folder.join(TARGET).join("release").join(format!("{PROGRAM}.wasm")))
}

fn flags() -> String {
    let mut linker = vec!["--shared-memory".to_owned(), "--import-memory".to_owned(), format!("--max-memory={MOST_MEMORY}")];
    linker.extend(THREAD_LOCALS.map(|name| format!("--export={name}")));
    let linker = linker.iter().map(|argument| format!(" -C link-arg={argument}")).collect::<String>();
    format!("-C target-feature=+simd128,+atomics,+bulk-memory,+mutable-globals{linker}")
}
