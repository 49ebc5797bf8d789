//! What the page does, as a native program: trains a link, many of them or for a page, describes a network, tells what an upload becomes,
//! compares with reference cases.

mod bench_case;
mod describe;
mod engine;
mod export_case;
mod files;
mod import;
mod inputs;
mod network_words;
mod parity;
mod serve;
mod sweep;
mod train;
mod weights;

use std::process::ExitCode;

use clap::Parser;

/// Trains and describes networks as ResNet Playground does in a browser.
#[derive(Parser)]
#[command(name = "resnet-playground", version)]
enum Command {
    Train(train::Options),
    Sweep(sweep::Options),
    Describe(describe::Options),
    Import(import::Options),
    Parity(parity::Options),
    Weights(weights::Options),
    #[command(hide = true)]
    ExportCase(export_case::Options),
    #[command(hide = true, subcommand)]
    BenchCase(bench_case::Case),
}

fn main() -> ExitCode {
    let outcome = match Command::parse() {
        Command::Train(options) => train::run(options),
        Command::Sweep(options) => sweep::run(options),
        Command::Describe(options) => describe::run(options),
        Command::Import(options) => return import::run(&options),
        Command::Parity(options) => return parity::run(options),
        Command::Weights(options) => weights::run(&options),
        Command::ExportCase(options) => export_case::run(options),
        Command::BenchCase(case) => bench_case::run(case),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
