//! Prints a network in figures.

use std::io::Write;

use resnet_playground::export::summary::describe;

use crate::network_words::NetworkWords;

/// Prints a network in figures, as JSON.
///
/// Options start from the tutorial's network (depth 11, 32 start filters), a link from the page's; the later of two counts.
#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    network: NetworkWords,
}

pub fn run(options: Options) -> Result<(), String> {
    let text = serde_json::to_string_pretty(&describe(&options.network.spec()?)).map_err(|error| error.to_string())?;
    // Whoever reads only the first lines closes the pipe early, which is no failure.
    let _ = writeln!(std::io::stdout(), "{text}");
    Ok(())
}
