//! What must be there before anything is measured.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;
use xshell::cmd;
use xtask::{dist, project, shell};

use crate::plan::{Network, Plan};
use crate::results::Case;
use crate::trainers::OURS_AS_ON_THE_PAGE;
use crate::workplace;

/// The trainers as visitors get them. They are built only where there are none: the build takes longer than the comparison.
pub fn trainers_of_the_page() -> Result<()> {
    let there = ["trainer_cpu_bg", "trainer_cpu_threads_bg", "trainer_webgpu_bg"].iter().all(|stem| dist::file(stem, "wasm").is_ok());
    if there {
        println!("  dist/ is there and is measured as it is; `cargo xtask dist` renews it");
        return Ok(());
    }
    dist::build(dist::Optimised::Fully)
}

/// Network, first weights, images and messages of every case, and the program for native steps.
pub fn cases(plan: &mut Plan) -> Result<()> {
    shell::step("building the native trainer and writing what all start from");
    plan.native_program = native_program()?;
    for network in &plan.networks {
        write_case(plan, &network.folder(), &network.link())?;
        if plan.has(OURS_AS_ON_THE_PAGE) {
            write_case(plan, &network.folder_with_dropout(), &network.link_with_dropout())?;
        }
    }
    Ok(())
}

pub fn case(network: &Network) -> Result<Case> {
    let path = folder(&network.folder()).join("case.json");
    serde_json::from_slice(&project::read(&path)?).with_context(|| format!("{} cannot be read", project::shown(&path)))
}

/// Of a case.
pub fn folder(name: &str) -> PathBuf {
    workplace().join("cases").join(name)
}

fn write_case(plan: &Plan, name: &str, link: &str) -> Result<()> {
    let (sh, program, folder) = (shell::shell()?, &plan.native_program, folder(name));
    Ok(cmd!(sh, "{program} bench-case write {folder} {link}").run()?)
}

fn native_program() -> Result<PathBuf> {
    let sh = shell::shell()?;
    let build = cmd!(sh, "cargo build --release --package resnet-playground --bin resnet-playground --features webgpu");
    let output = build.args(["--message-format", "json-render-diagnostics"]).read()?;
    let made = output.lines().filter_map(executable).next_back();
    made.map(PathBuf::from).context("cargo does not say where it put the native trainer")
}

/// The program that a line of cargo's report names.
fn executable(line: &str) -> Option<String> {
    let message: Value = serde_json::from_str(line).ok()?;
    message.get("executable")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::executable;

    #[test]
    fn cargo_names_the_program_it_made() {
        let line = r#"{"reason":"compiler-artifact","executable":"/target/release/resnet-playground"}"#;
        assert_eq!(executable(line).as_deref(), Some("/target/release/resnet-playground"), "the program's path");
        assert_eq!(executable(r#"{"reason":"compiler-artifact","executable":null}"#), None, "a library is none");
        assert_eq!(executable("warning"), None, "nor is a line of words");
    }
}
