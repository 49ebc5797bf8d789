//! The project's commands. `cargo xtask help` lists them; each lives in the file of its name.

mod bench;
mod constructors;
mod data;
mod dist;
mod help;
mod options;
mod process;
mod project;
mod python;
mod run;
mod serve;
mod setup;
mod sizes;
mod split;
mod test;
mod threads;
mod verify_exports;

use std::process::ExitCode;

use options::Options;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let options = Options::new(&command, arguments);
    if options.asks_for_help() {
        help::print();
        return Ok(());
    }
    match command.as_str() {
        "setup" => setup::command(options),
        "serve" => serve::command(options),
        "dist" => dist::command(options),
        "sizes" => sizes::command(options),
        "test" => test::command(options),
        "split" => split::command(options),
        "threads" => threads::command(options),
        "bench" => bench::command(options),
        "data" => data::command(options),
        "describe" => run::describe(options),
        "verify-exports" => verify_exports::command(options),
        "train" => run::train(options),
        "parity" => run::parity(options),
        "" | "help" | "--help" | "-h" => {
            help::print();
            Ok(())
        }
        unknown => anyhow::bail!("there is no command `{unknown}`; `cargo xtask help` lists them"),
    }
}
