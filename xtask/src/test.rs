//! `cargo xtask test`: all that must hold. The first failure ends the run.
//!
//! The last part of each release build is one thread's work, and browser tests leave a part of the processor idle. So native tests run
//! beside the release build and lints beside the browser tests, each in a process of its own that takes what is left.

use std::{thread, time::Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;
use xshell::cmd;

use crate::{compressed, constructors, dist, dist::Optimised, project, setup, setup::Browser, shell, sizes};

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Step {
    Setup,
    Fmt,
    Native,
    Dist,
    Sizes,
    Constructors,
    /// dist/ on nginx as docs/hosting tells to set it up
    Hosting,
    Lints,
    /// All browser tests but the long ones
    Browser,
    /// Those that take minutes: comparisons with Keras on WebGPU, the course from end to end, a long run's memory
    Long,
    /// A few of them in Firefox
    Firefox,
    /// Native tests on a graphics adapter, which take a build of Burn's graphics stack
    Gpu,
}

const FIRST: [Step; 2] = [Step::Setup, Step::Fmt];
const OF_BUILD: [Step; 4] = [Step::Dist, Step::Sizes, Step::Constructors, Step::Hosting];
const IN_BROWSERS: [Step; 2] = [Step::Browser, Step::Firefox];

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
            Self::Hosting => "Hosting by nginx",
            Self::Browser => "Browser tests",
            Self::Long => "Long browser tests",
            Self::Firefox => "Browser tests in Firefox",
            Self::Gpu => "Native tests on a graphics adapter",
        }
    }

    /// Runs the step, and says why where it could not be run here.
    fn run(self, page: Optimised) -> Result<Option<String>> {
        match self {
            Self::Setup => setup::page(),
            Self::Fmt => format(),
            Self::Lints => lints(page),
            Self::Native => native(),
            Self::Dist => dist::build(page),
            Self::Sizes => match page {
                Optimised::Fully => sizes::check(),
                Optimised::Quickly => {
                    compressed::write(&project::dist())?;
                    return Ok(Some("the page is compiled quickly, not to be small".to_owned()));
                }
            },
            Self::Constructors => constructors::check(),
            Self::Hosting => return hosting(),
            Self::Browser => browser("--grep-invert"),
            Self::Long => browser("--grep"),
            Self::Firefox => return firefox(),
            Self::Gpu => gpu(),
        }
        .map(|()| None)
    }
}

pub fn command(only: Option<Step>, skip_browser: bool, quick: bool) -> Result<()> {
    let page = if quick { Optimised::Quickly } else { Optimised::Fully };
    if let Some(only) = only {
        let outcome = run(only, page)?;
        // What was asked for by its name must run.
        return outcome.map_or(Ok(()), |why| bail!("{} did not run: {why}", only.title()));
    }
    let mut left_out = all(&FIRST, page)?;
    left_out.extend(beside(Step::Native, &OF_BUILD, page)?);
    left_out.extend(if skip_browser { all(&[Step::Lints], page)? } else { beside(Step::Lints, &IN_BROWSERS, page)? });
    for step in [Step::Long, Step::Gpu] {
        let is_wanted = !(quick || skip_browser && step == Step::Long);
        left_out.extend(if is_wanted { all(&[step], page)? } else { vec![format!("{}: left out on demand", step.title())] });
    }
    println!("\nAll steps passed.");
    left_out.iter().for_each(|step| println!("NOT RUN: {step}"));
    Ok(())
}

/// Runs these steps one after another, and says which could not be run here, and why.
fn all(steps: &[Step], page: Optimised) -> Result<Vec<String>> {
    let mut left_out = Vec::new();
    for step in steps {
        left_out.extend(run(*step, page)?.map(|why| format!("{}: {why}", step.title())));
    }
    Ok(left_out)
}

/// Runs a step, and says why where it could not be run here.
fn run(step: Step, page: Optimised) -> Result<Option<String>> {
    println!("\n━━ {} ━━", step.title());
    let start = Instant::now();
    let left_out = step.run(page).with_context(|| format!("step `{step:?}`").to_lowercase())?;
    println!("   {}: {:.1} s", step.title(), start.elapsed().as_secs_f64());
    Ok(left_out)
}

/// Runs these steps, and another one beside them. Both end before either's failure is told.
fn beside(other: Step, steps: &[Step], page: Optimised) -> Result<Vec<String>> {
    thread::scope(|scope| {
        let other = scope.spawn(|| aside(other, page));
        let left_out = all(steps, page);
        let other = other.join().unwrap_or_else(|_| bail!("the step beside them broke off"));
        left_out.and_then(|left_out| other.map(|()| left_out))
    })
}

/// Runs a step in a process that leaves the processor to others, and prints what it said at its end, in one piece.
fn aside(step: Step, page: Optimised) -> Result<()> {
    let sh = shell::shell()?;
    let name = step.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    // Not this program's own file: steps build it anew.
    let cargo = if cfg!(unix) { cmd!(sh, "nice -n 19 cargo") } else { cmd!(sh, "cargo") };
    let quick = (page == Optimised::Quickly).then_some("--quick");
    let output = cargo.args(["xtask", "test", "--only", &name]).args(quick).quiet().ignore_status().output()?;
    print!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success(), "step `{name}` failed: what it said is above");
    Ok(())
}

fn format() -> Result<()> {
    let sh = shell::shell()?;
    cmd!(sh, "cargo fmt --all --check").run().context("run `cargo fmt --all`, or mend what it cannot read")
}

/// Every line is linted for this machine, with the tests, and for the browser. The core by itself shows what it
/// needs of the features; the page and training share one run each way, since most of the time goes into reading
/// what they depend on. What the WebGPU trainer alone has is a few dozen lines, which the release build compiles: reading
/// a whole graphics stack a second time costs minutes, so only the workflow on GitHub lints them. What is for the browser alone is a few
/// files, too: a quick check leaves them out.
fn lints(page: Optimised) -> Result<()> {
    clippy("the core", &["--no-default-features", "--all-targets"])?;
    clippy(
        "everything",
        &["--workspace", "--features", "resnet-playground/app,resnet-playground/threads,resnet-playground/tasks", "--all-targets"],
    )?;
    if page == Optimised::Quickly {
        return Ok(());
    }
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

/// The browser tests that are tagged as long, or all others.
fn browser(choice: &str) -> Result<()> {
    let (sh, npx) = (shell::shell()?, shell::npm("npx"));
    // Some tests train with the native program, which the native tests have built.
    let packages = ["--package", "resnet-playground", "--package", "resnet-kernels"];
    cmd!(sh, "cargo build {packages...} --features {NATIVE_FEATURES} --bin resnet-playground").quiet().run()?;
    if let Browser::Installed(path) = setup::browser()? {
        sh.set_var("CHROME", path);
    }
    Ok(cmd!(sh, "{npx} playwright test {choice} @long").run()?)
}

/// What visitors with Firefox do first, in the system's Firefox.
fn firefox() -> Result<Option<String>> {
    let path = match setup::firefox()? {
        Ok(path) => path,
        Err(why) => return Ok(Some(why)),
    };
    let (sh, npx) = (shell::shell()?, shell::npm("npx"));
    sh.set_var("FIREFOX", path);
    cmd!(sh, "{npx} playwright test --config playwright.firefox.config.ts").run()?;
    Ok(None)
}

/// nginx, set up as the documents tell, sends what they say.
fn hosting() -> Result<Option<String>> {
    if let Some(why) = setup::nginx()? {
        return Ok(Some(why));
    }
    let sh = shell::shell()?;
    cmd!(sh, "node --test --test-reporter spec tests/hosting/nginx.test.mjs").run()?;
    Ok(None)
}
