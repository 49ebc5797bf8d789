//! Prints a network in figures: `describe --depth 29 --start-filters 4`, or with a link.

use std::process::ExitCode;

use resnet_playground::{command_line, description};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let described = command_line::network(&words).and_then(|(spec, left_over)| match left_over.first() {
        Some(word) => Err(format!("{word} is no option of a network")),
        None => serde_json::to_string_pretty(&description::describe(&spec)).map_err(|error| error.to_string()),
    });
    match described {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
