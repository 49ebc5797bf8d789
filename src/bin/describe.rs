//! Prints a network in figures: `describe --depth 29 --start-filters 4`, or with a link.

use std::io::Write;
use std::process::ExitCode;

use resnet_playground::experiment::command_line;
use resnet_playground::export::summary;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let described = command_line::network(&words).and_then(|(spec, left_over)| match left_over.first() {
        Some(word) => Err(format!("{word} is no option of a network")),
        None => serde_json::to_string_pretty(&summary::describe(&spec)).map_err(|error| error.to_string()),
    });
    match described {
        Ok(text) => {
            // Whoever reads only the first lines closes the pipe early, which is no failure.
            let _ = writeln!(std::io::stdout(), "{text}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
