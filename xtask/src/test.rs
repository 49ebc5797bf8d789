//! `cargo xtask test`: all that must hold, cheapest first; the first failure ends the run.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{constructors, dist, options::Options, process, setup, setup::Browser, sizes};

struct Step {
    name: &'static str,
    title: &'static str,
    run: fn() -> Result<()>,
}

const STEPS: [Step; 8] = [
    Step { name: "setup", title: "Set-up", run: setup::page },
    Step { name: "fmt", title: "Format", run: format },
    Step { name: "lints", title: "Lints, for every way the code is built", run: lints },
    Step { name: "native", title: "Native tests", run: native },
    Step { name: "dist", title: "Release build", run: dist::build },
    Step { name: "sizes", title: "Download sizes", run: sizes::check },
    Step { name: "constructors", title: "Constructors run once", run: constructors::check },
    Step { name: "browser", title: "Browser tests", run: browser },
];

pub fn command(mut options: Options) -> Result<()> {
    let only = options.value("--only")?;
    let skip_browser = options.flag("--skip-browser");
    options.finish()?;
    if let Some(only) = &only
        && !STEPS.iter().any(|step| step.name == *only)
    {
        bail!("there is no step `{only}`; the steps are {}", STEPS.map(|step| step.name).join(", "));
    }

    let mut times: Vec<(&str, Duration)> = Vec::new();
    for step in STEPS {
        let left_out = only.as_ref().is_some_and(|only| step.name != only) || (skip_browser && step.name == "browser");
        if left_out {
            continue;
        }
        println!("\n━━ {} ━━", step.title);
        let start = Instant::now();
        (step.run)().with_context(|| format!("step `{}`", step.name))?;
        let elapsed = start.elapsed();
        println!("   {:.1} s", elapsed.as_secs_f64());
        times.push((step.title, elapsed));
    }
    println!();
    for (title, time) in times {
        println!("{:>7.1} s  {title}", time.as_secs_f64());
    }
    Ok(())
}

fn format() -> Result<()> {
    process::run(process::cargo().args(["fmt", "--all", "--check"])).context("run `cargo fmt --all`, or mend what it cannot read")
}

/// Every line is linted for this machine, with the tests, and for the browser. The core by itself shows what it
/// needs of the features; the page and training share one run each way, since most of the time goes into reading
/// what they depend on. What the WebGPU trainer alone has is a few dozen lines, which the release build compiles: reading
/// a whole graphics stack a second time to lint them costs minutes.
fn lints() -> Result<()> {
    clippy("the core", &["--all-targets"])?;
    clippy(
        "everything",
        &["--workspace", "--features", "resnet-playground/ui,resnet-playground/threads,resnet-playground/tasks", "--all-targets"],
    )?;
    clippy(
        "the page and training in the browser",
        &[
            &["--target", "wasm32-unknown-unknown", "--features", "ui,threads,tasks", "--lib"][..],
            &["--bin", "app", "--bin", "trainer_cpu", "--bin", "tasks"],
        ]
        .concat(),
    )
}

fn clippy(what: &str, arguments: &[&str]) -> Result<()> {
    process::step(what);
    process::run(process::cargo().args(["clippy", "--quiet"]).args(arguments).args(["--", "-D", "warnings"]))
}

/// Training's tests include the core's, and the page's logic lives there: what is left in `ui` needs a browser. They run with
/// threads, whose numbers are those of one.
fn native() -> Result<()> {
    process::step("core, training and the project's commands");
    process::run(process::cargo().args(["test", "--workspace", "--features", "resnet-playground/threads,resnet-playground/whitening"]))?;
    wide_registers()
}

/// The loops once more as builds for this very processor have them.
fn wide_registers() -> Result<()> {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx") {
        process::step("the loops in wide registers");
        let mut cargo = process::cargo();
        cargo.args(["test", "--package", "resnet-kernels", "--features", "threads", "--target-dir", "target/wide"]);
        return process::run(cargo.env("RUSTFLAGS", "-C target-feature=+avx"));
    }
    process::step("no wide registers here: the loops are tested in narrow ones alone");
    Ok(())
}

fn browser() -> Result<()> {
    let mut playwright = process::npm("npx");
    playwright.args(["playwright", "test"]);
    if let Browser::Installed(path) = setup::browser()? {
        playwright.env("CHROME", path);
    }
    process::run(&mut playwright)
}
