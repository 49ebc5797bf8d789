//! The CPU trainer for several threads.
//!
//! Threads of a browser share memory only in a program that was built for it, standard library included, and the one that
//! Rust ships is not. So it is built from source, with the switch that lets a stable compiler do that, into a target folder of
//! its own: build scripts look at the switch, and in the same folder each build would undo the other.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::cmd;

use super::{TARGET, bind};
use crate::{project, shell};

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

pub fn build(into: &Path) -> Result<()> {
    shell::step("building the CPU trainer for several threads, with a standard library for shared memory");
    let sh = shell::shell()?;
    let folder = project::target()?.join("threads");
    let of_program = ["--no-default-features", "--features", "threads,trainer-cpu", "--bin", PROGRAM];
    cmd!(sh, "cargo build -Zbuild-std=std,panic_abort --release --target {TARGET} --target-dir {folder}")
        .args(["--package", "resnet-playground"])
        .args(of_program)
        // These replace the flags of `.cargo/config.toml`.
        .envs([("RUSTC_BOOTSTRAP", "1".to_owned()), ("RUSTFLAGS", flags())])
        .quiet()
        .run()
        .context("without it the page trains on one thread")?;
    bind(&folder.join(TARGET).join("release").join(format!("{PROGRAM}.wasm")), BOUND, into)?;
    let bound = into.join(format!("{BOUND}_bg.wasm"));
    let features = FEATURES.map(|feature| format!("--enable-{feature}"));
    shell::quietly(cmd!(sh, "wasm-opt {features...} {SMALLER...} {bound} -o {bound}"))
}

fn flags() -> String {
    let mut linker = vec!["--shared-memory".to_owned(), "--import-memory".to_owned(), format!("--max-memory={MOST_MEMORY}")];
    linker.extend(THREAD_LOCALS.map(|name| format!("--export={name}")));
    let linker = linker.iter().map(|argument| format!(" -C link-arg={argument}")).collect::<String>();
    format!("-C target-feature=+simd128,+atomics,+bulk-memory,+mutable-globals{linker}")
}
