//! What the page's workers take beyond Trunk's build; Trunk runs it (`Trunk.toml`).
//!
//! Trunk builds the page, the worker for its tasks and the CPU trainer. Two programs are built here, at the same time: the WebGPU
//! trainer, so that `serve` can open the page before it is there, and the CPU trainer for several threads, since Trunk cannot build
//! a standard library. At the end the page is told how the files of its workers are called (`names.rs`).

mod names;
mod threads;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{headers, languages, offline, policy, project, setup, shell, site};

/// The target of everything that runs in a browser.
const TARGET: &str = "wasm32-unknown-unknown";
const WEBGPU: &str = "trainer_webgpu";
/// The GPU computes, and the program is mostly code that writes kernels, once: download size first. With a profile of its own,
/// everything that both trainers depend on would be compiled twice.
const SMALL: [&str; 4] = [
    "--config",
    "profile.release.package.resnet-playground.opt-level='s'",
    "--config",
    "profile.release.package.resnet-kernels.opt-level='s'",
];
/// The profile of what `serve` serves.
const SERVED: &str = "serve";

/// What Trunk tells its hooks.
struct Build {
    /// Where the page is put together.
    page: PathBuf,
    /// Whether it is one to develop with.
    development: bool,
}

impl Build {
    fn of_trunk() -> Result<Self> {
        let page = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
        let page = page.context("Trunk runs this when it builds the page: `cargo xtask dist` or `trunk build --release`")?;
        Ok(Self { page, development: std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug") })
    }
}

/// Beside Trunk's own programs.
pub fn build() -> Result<()> {
    let Build { page, development } = Build::of_trunk()?;
    if development {
        return copy_served_webgpu(&page).map(drop);
    }
    build_webgpu("release", &project::target()?, &page)?;
    if setup::can_build_threads()? {
        return threads::build(&page);
    }
    println!("The CPU trains on one thread in this page: more take the source of Rust's standard library (`rust-src`).");
    Ok(())
}

/// When all programs are there.
pub fn finish() -> Result<()> {
    let Build { page, development } = Build::of_trunk()?;
    names::publish(&page, !development)?;
    languages::publish(&page, !development)?;
    list_data_sets(&page)?;
    site::write(&page)?;
    headers::write(&page)?;
    // After all that writes pages. What `serve` puts into its page, to load it anew, no policy could name.
    if !development {
        policy::write(&page)?;
    }
    // Last: it names all files by what is in them.
    offline::write(&page, development)
}

/// Writes which data sets come with the page, the larger first: a page that asked for one that is not there would fill the
/// console with errors.
fn list_data_sets(page: &Path) -> Result<()> {
    let data = page.join("data");
    let names: Vec<&str> = ["full", "starter"].into_iter().filter(|name| data.join(name).join("manifest.json").is_file()).collect();
    project::write(&data.join("data-sets.json"), serde_json::to_string(&names)?.as_bytes())
}

/// Builds the WebGPU trainer for the page that `serve` serves, puts it there and says whether it is another than before.
pub fn renew_served_webgpu(served: &Path) -> Result<bool> {
    // A target folder of its own: when a file changes meanwhile, Trunk need not wait for this build.
    build_webgpu(SERVED, &project::target()?.join("serve-webgpu"), &served_webgpu())?;
    let renewed = copy_served_webgpu(served)?;
    names::publish(served, false)?;
    Ok(renewed)
}

/// Where the WebGPU trainer waits for the next build of the served page.
fn served_webgpu() -> PathBuf {
    project::root().join("target/serve-webgpu/bound")
}

fn copy_served_webgpu(page: &Path) -> Result<bool> {
    let mut renewed = false;
    for file in project::files(&served_webgpu()).unwrap_or_default() {
        let (to, bytes) = (page.join(project::file_name(&file)), project::read(&file)?);
        if std::fs::read(&to).is_ok_and(|there| there == bytes) {
            continue;
        }
        project::write(&to, bytes)?;
        renewed = true;
    }
    Ok(renewed)
}

fn build_webgpu(profile: &str, target: &Path, into: &Path) -> Result<()> {
    shell::step("building the WebGPU trainer");
    let sh = shell::shell()?;
    // While `serve` waits for it the page trains already, which comes first.
    let cargo = if profile == SERVED && cfg!(unix) { cmd!(sh, "nice -n 10 cargo") } else { cmd!(sh, "cargo") };
    let cargo = cargo.args(["build", "--package", "resnet-playground", "--no-default-features", "--features", "webgpu", "--bin", WEBGPU]);
    cargo.args(SMALL).args(["--profile", profile, "--target", TARGET, "--target-dir"]).arg(target).quiet().run()?;
    bind(&target.join(TARGET).join(profile).join(format!("{WEBGPU}.wasm")), WEBGPU, into)?;
    project::write(&into.join(format!("{WEBGPU}_loader.js")), names::counting(&format!("import init from './{WEBGPU}.js';await init();")))
}

/// Makes a program's scripts, called after `name`.
fn bind(program: &Path, name: &str, into: &Path) -> Result<()> {
    let sh = shell::shell()?;
    let smaller = ["--no-typescript", "--remove-name-section", "--remove-producers-section"];
    shell::quietly(cmd!(sh, "wasm-bindgen --target web {smaller...} --out-name {name} --out-dir {into} {program}"))
}
