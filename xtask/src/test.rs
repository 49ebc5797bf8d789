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
        times.push((step.title, start.elapsed()));
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

/// The features are exclusive parts of the page, so each is linted as it is built: for this machine, with the
/// tests, and for the browser.
fn lints() -> Result<()> {
    const BROWSER: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
    clippy("the project's commands", &["--package", "xtask", "--all-targets"])?;
    clippy("the core", &["--all-targets"])?;
    clippy("the page's logic", &["--features", "ui", "--all-targets"])?;
    clippy("training", &["--features", "train", "--all-targets"])?;
    let browser = |what: &str, features: &[&str]| clippy(what, &[&BROWSER, features].concat());
    browser("the core in the browser", &["--lib"])?;
    browser("the page", &["--features", "ui", "--lib", "--bin", "app"])?;
    browser("the CPU trainer", &["--features", "train", "--lib", "--bin", "trainer_cpu"])?;
    browser("the WebGPU trainer", &["--features", "webgpu", "--lib", "--bin", "trainer_webgpu"])
}

fn clippy(what: &str, arguments: &[&str]) -> Result<()> {
    process::step(what);
    process::run(process::cargo().args(["clippy", "--quiet"]).args(arguments).args(["--", "-D", "warnings"]))
}

/// Training's tests include the core's, and the page's logic lives there: what is left in `ui` needs a browser.
fn native() -> Result<()> {
    process::step("core, training and the project's commands");
    process::run(process::cargo().args(["test", "--workspace", "--features", "resnet-playground/train"]))
}

fn browser() -> Result<()> {
    let mut playwright = process::npm("npx");
    playwright.args(["playwright", "test"]);
    if let Browser::Installed(path) = setup::browser()? {
        playwright.env("CHROME", path);
    }
    process::run(&mut playwright)
}
