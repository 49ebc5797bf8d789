//! `cargo xtask test`: all that must hold, cheapest first; the first failure ends the run.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::ValueEnum;
use xshell::cmd;

use crate::{constructors, dist, setup, setup::Browser, shell, sizes};

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Step {
    Setup,
    Fmt,
    Lints,
    Native,
    Dist,
    Sizes,
    Constructors,
    Browser,
    /// Native tests on a graphics adapter: only when it is asked for, since they take a build of Burn's graphics stack
    Gpu,
}

impl Step {
    fn title(self) -> &'static str {
        match self {
            Self::Setup => "Set-up",
            Self::Fmt => "Format",
            Self::Lints => "Lints, for every way the code is built",
            Self::Native => "Native tests",
            Self::Dist => "Release build",
            Self::Sizes => "Download sizes",
            Self::Constructors => "Constructors run once",
            Self::Browser => "Browser tests",
            Self::Gpu => "Native tests on a graphics adapter",
        }
    }

    fn run(self) -> Result<()> {
        match self {
            Self::Setup => setup::page(),
            Self::Fmt => format(),
            Self::Lints => lints(),
            Self::Native => native(),
            Self::Dist => dist::build(),
            Self::Sizes => sizes::check(),
            Self::Constructors => constructors::check(),
            Self::Browser => browser(),
            Self::Gpu => gpu(),
        }
    }
}

pub fn command(only: Option<Step>, skip_browser: bool) -> Result<()> {
    let is_in_full = |step: Step| step != Step::Gpu && !(skip_browser && step == Step::Browser);
    let asked = |step: &&Step| only.map_or_else(|| is_in_full(**step), |only| only == **step);
    let mut times: Vec<(&str, Duration)> = Vec::new();
    for step in Step::value_variants().iter().filter(asked) {
        println!("\n━━ {} ━━", step.title());
        let start = Instant::now();
        step.run().with_context(|| format!("step `{step:?}`").to_lowercase())?;
        let elapsed = start.elapsed();
        println!("   {:.1} s", elapsed.as_secs_f64());
        times.push((step.title(), elapsed));
    }
    println!();
    for (title, time) in times {
        println!("{:>7.1} s  {title}", time.as_secs_f64());
    }
    Ok(())
}

fn format() -> Result<()> {
    let sh = shell::shell()?;
    cmd!(sh, "cargo fmt --all --check").run().context("run `cargo fmt --all`, or mend what it cannot read")
}

/// Every line is linted for this machine, with the tests, and for the browser. The core by itself shows what it
/// needs of the features; the page and training share one run each way, since most of the time goes into reading
/// what they depend on. What the WebGPU trainer alone has is a few dozen lines, which the release build compiles: reading
/// a whole graphics stack a second time costs minutes, so only the workflow on GitHub lints them.
fn lints() -> Result<()> {
    clippy("the core", &["--no-default-features", "--all-targets"])?;
    clippy(
        "everything",
        &["--workspace", "--features", "resnet-playground/app,resnet-playground/threads,resnet-playground/tasks", "--all-targets"],
    )?;
    let of_page = ["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "app,threads,tasks,trainer-cpu", "--lib"];
    clippy("the page and training in the browser", &[&of_page[..], &["--bin", "app", "--bin", "trainer_cpu", "--bin", "tasks"]].concat())
}

fn clippy(what: &str, arguments: &[&str]) -> Result<()> {
    shell::step(what);
    let sh = shell::shell()?;
    Ok(cmd!(sh, "cargo clippy --quiet {arguments...} -- -D warnings").quiet().run()?)
}

/// Features with which everything native is built.
const NATIVE_FEATURES: &str = "resnet-playground/threads,resnet-playground/app,resnet-playground/tasks";

/// Tests of the core, of training and of what the page computes without a browser, in one program. Training runs with threads,
/// whose numbers are those of one.
fn native() -> Result<()> {
    let sh = shell::shell()?;
    shell::step("the project's commands");
    let commands = ["--package", "xtask", "--package", "bench", "--package", "cifar", "--package", "kernel-report", "--package", "site"];
    cmd!(sh, "cargo test --profile xtask {commands...}").quiet().run()?;
    shell::step("core and training");
    let packages = ["--package", "resnet-playground", "--package", "resnet-kernels"];
    cmd!(sh, "cargo test {packages...} --features {NATIVE_FEATURES}").quiet().run()?;
    wide_registers()
}

/// Our kernels, the network and its training by wgpu on what the system has, a card or an adapter by software, beside the CPU's numbers.
fn gpu() -> Result<()> {
    setup::vulkan()?;
    let sh = shell::shell()?;
    // An adapter by software uses all cores by itself.
    Ok(cmd!(sh, "cargo test --features webgpu,threads --test it on_gpu:: -- --test-threads 1").quiet().run()?)
}

/// The loops once more as builds for this very processor have them.
fn wide_registers() -> Result<()> {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx") {
        shell::step("the loops in wide registers");
        let sh = shell::shell()?;
        let cargo = cmd!(sh, "cargo test --package resnet-kernels --features threads --target-dir target/wide");
        return Ok(cargo.env("RUSTFLAGS", "-C target-feature=+avx").run()?);
    }
    shell::step("no wide registers here: the loops are tested in narrow ones alone");
    Ok(())
}

fn browser() -> Result<()> {
    let (sh, npx) = (shell::shell()?, shell::npm("npx"));
    // Some tests train with the native program, which the native tests have built.
    let packages = ["--package", "resnet-playground", "--package", "resnet-kernels"];
    cmd!(sh, "cargo build {packages...} --features {NATIVE_FEATURES} --bin resnet-playground").quiet().run()?;
    if let Browser::Installed(path) = setup::browser()? {
        sh.set_var("CHROME", path);
    }
    Ok(cmd!(sh, "{npx} playwright test").run()?)
}
