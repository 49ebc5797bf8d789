//! The project's commands.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::{dist, policy, serve, setup, shell, sizes, soak, test, verify_exports, workers};

/// The project's commands. Each installs what it needs.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    after_help = "CHROME=/path/to/chrome and FIREFOX=/path/to/firefox choose the browsers of the tests."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the page, serves and opens it; rebuilds it when a file changes
    Serve {
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Runs every check: format, lints, native tests, release build, gates, browser tests
    Test {
        /// One step alone
        #[arg(long, value_name = "STEP")]
        only: Option<test::Step>,
        /// All but the browser tests
        #[arg(long)]
        skip_browser: bool,
        /// What a change must pass. The page is not made small, so sizes are not compared; left out are lints for the browser, browser
        /// tests that take minutes each, and those on a graphics adapter without a browser
        #[arg(long)]
        quick: bool,
    },
    /// Builds the page into dist/, for any static host and any sub-path
    Dist {
        /// Packs it with a small server, for a USB stick: target/resnet-playground.zip
        #[arg(long)]
        zip: bool,
    },
    /// Writes the Content-Security-Policy of a built page anew, once its pages were changed
    Policy {
        /// What holds the page
        #[arg(default_value = "dist")]
        folder: std::path::PathBuf,
    },
    /// Compresses what is in dist/, for hosts that send such files, and compares the sizes with their limits
    Sizes,
    /// Trains with the page in dist/ for hours, on the CPU and on WebGPU, and says whether its memory grows (docs/reliability.md)
    Soak {
        #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u32).range(soak::LEAST_MINUTES..))]
        minutes: u32,
    },
    /// Installs what is missing
    Setup {
        /// The browser for the tests, too
        #[arg(long)]
        browser: bool,
    },
    /// Runs exported Keras, PyTorch and Burn code and compares probabilities (installs 5 GB in target/)
    VerifyExports,
    /// Times a training step of ours and of other libraries (package `bench`; `bench --help` has its options)
    #[command(disable_help_flag = true)]
    Bench {
        #[arg(allow_hyphen_values = true, trailing_var_arg = true, hide = true)]
        options: Vec<String>,
    },
    /// What a graphics card's compiler makes of our kernels, without the card (package `kernel-report`; needs RADV)
    #[command(disable_help_flag = true)]
    Kernels {
        #[arg(allow_hyphen_values = true, trailing_var_arg = true, hide = true)]
        options: Vec<String>,
    },
    /// Makes all of CIFAR-10 in www/data/full (package `cifar`; fetches 139 MB once)
    #[command(disable_help_flag = true)]
    Data {
        #[arg(allow_hyphen_values = true, trailing_var_arg = true, hide = true)]
        options: Vec<String>,
    },
    /// What Trunk runs beside and after its own builds (Trunk.toml)
    #[command(hide = true, subcommand)]
    Workers(Workers),
}

#[derive(Subcommand)]
enum Workers {
    Build,
    Finish,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Serve { port } => serve::command(port),
        Command::Test { only, skip_browser, quick } => test::command(only, skip_browser, quick),
        Command::Dist { zip } => dist::command(zip),
        Command::Policy { folder } => policy::write(&folder),
        Command::Sizes => sizes::check(),
        Command::Soak { minutes } => soak::command(minutes),
        Command::Setup { browser } => setup::command(browser),
        Command::VerifyExports => verify_exports::command(),
        Command::Bench { options } => package("bench", "xtask", &options),
        Command::Kernels { options } => package("kernel-report", "xtask", &options),
        Command::Data { options } => package("cifar", "dev", &options),
        Command::Workers(Workers::Build) => workers::build(),
        Command::Workers(Workers::Finish) => workers::finish(),
    }
}

/// Runs a package of its own: xtask is built in seconds because it does not hold these.
fn package(name: &str, profile: &str, options: &[String]) -> Result<()> {
    let sh = shell::shell()?;
    Ok(xshell::cmd!(sh, "cargo run --quiet --profile {profile} --package {name} -- {options...}").quiet().run()?)
}
