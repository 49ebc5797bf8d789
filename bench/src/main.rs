//! Times a training step of ours and of other libraries: the same network, weights, images and order for all, in one
//! browser, round by round. `bench/` holds what runs there; the results become a section of docs/performance.md.

mod libraries;
mod plan;
mod prepare;
mod report;
mod results;
mod trainers;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use xshell::cmd;
use xtask::setup::{self, Browser};
use xtask::{project, shell};

use plan::{Options, Plan};
use results::Results;

const PAGE: &str = "docs/performance.md";

fn main() -> Result<()> {
    let mut plan = Plan::new(Options::parse())?;
    shell::step("set-up");
    setup::page()?;
    setup::node_packages(&project::root().join("bench"), "the libraries to compare with")?;
    prepare::trainers_of_the_page()?;
    prepare::cases(&mut plan)?;
    let left_out = libraries::prepare(&mut plan);
    let results = run(&plan)?;
    let cases = plan.networks.iter().map(|network| Ok((network.folder(), prepare::case(network)?))).collect::<Result<Vec<_>>>()?;
    let mut text = report::markdown(&results, &cases);
    for sentence in left_out {
        text.push_str(&format!("\n{sentence}\n"));
    }
    println!("\n{text}");
    if plan.write {
        project::write_between(PAGE, report::MARKS, &text)?;
        println!("{PAGE} holds these results now");
    }
    Ok(())
}

/// Everything that a comparison makes; safe to delete.
fn workplace() -> PathBuf {
    project::root().join("target/bench")
}

fn run(plan: &Plan) -> Result<Results> {
    let (plan_file, results_file) = (workplace().join("plan.json"), workplace().join("results.json"));
    project::write(&plan_file, plan.to_json().to_string())?;
    let sh = shell::shell()?;
    if let Browser::Installed(path) = setup::browser()? {
        sh.set_var("CHROME", path);
    }
    shell::step("measuring (a few minutes; many with a graphics adapter by software)");
    cmd!(sh, "node bench/run.mjs {plan_file} {results_file}").run()?;
    serde_json::from_slice(&project::read(&results_file)?).with_context(|| format!("{} cannot be read", project::shown(&results_file)))
}
