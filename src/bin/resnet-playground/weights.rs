//! Says which network a file of weights fits, as the page does when it is chosen.

use std::io::Write;
use std::path::PathBuf;

use resnet_playground::checkpoint::{FileContents, WeightsSurvey, read, told_from};
use resnet_playground::experiment::Experiment;
use resnet_playground::experiment::permalink::{ViewOptions, write};
use resnet_playground::spec::{Named, NetworkChoices, ResNetSpec};
use serde_json::json;

use crate::files;

/// Prints which network a file of weights fits, and how its names were read.
///
/// A file that the page would not take is refused with the page's own sentence, and the exit code is 1.
#[derive(clap::Args)]
pub struct Options {
    /// A file in safetensors format: weights or a checkpoint
    file: PathBuf,
    /// Prints an object of JSON
    #[arg(long)]
    json: bool,
}

pub fn run(options: &Options) -> Result<(), String> {
    let Options { file, json } = options;
    let bytes = files::read(file)?;
    let survey = WeightsSurvey::of(&bytes).map_err(|error| error.to_string())?;
    let contents = FileContents::of(&bytes);
    // What the weights do not tell is as the file says it, else the tutorial's.
    let usual = NetworkChoices::default();
    let otherwise = contents.as_ref().map_or(&usual, FileContents::network);
    let fitting = survey.network(otherwise).and_then(|choices| ResNetSpec::new(choices).ok());
    let Some(spec) = fitting.or_else(|| survey.nearest_network(otherwise)) else {
        let tutorial = ResNetSpec::default();
        return Err(read(&bytes, &tutorial).map_or_else(|error| error.to_string(), |_| "the file fits no network".into()));
    };
    let (missing, left_over) = (survey.missing(&spec), &survey.left_over);
    read(&bytes, &spec).map_err(|error| refusal(&error.to_string(), &missing, left_over))?;
    let words = told_from(&spec, &usual);
    let query = write(&Experiment { network: spec.choices().clone(), ..Experiment::default() }, &ViewOptions::default());
    let text = if *json {
        let facts = json!({
            "network": words,
            "depth": spec.depth().layers(),
            "start_filters": spec.start_filters(),
            "blocks": spec.stages().iter().map(|stage| stage.blocks).collect::<Vec<_>>(),
            "classes": spec.classes(),
            "choices": spec.choices(),
            "link": format!("?{query}"),
            "is_checkpoint": contents.is_some_and(|contents| contents.is_checkpoint()),
            "layout": survey.layout.name(),
            "prefix": survey.prefix,
            "tensors": survey.shapes.len(),
            "missing": missing,
            "left_over": left_over,
            "notices": survey.notices(),
        });
        serde_json::to_string_pretty(&facts).map_err(|error| error.to_string())?
    } else {
        // A link chooses classes by their numbers, which no file of weights knows.
        let link = if spec.classes() == usual.classes { "Link to it" } else { "Link to it but for the classes" };
        let read = format!("{} tensors in {} layout, {} left over", survey.shapes.len(), survey.layout.name(), left_over.len());
        let lines = [format!("The file is of a network of {words}: {read}."), format!("{link}: ?{query}")];
        lines.into_iter().chain(survey.notices()).collect::<Vec<_>>().join("\n")
    };
    // Whoever reads only the first lines closes the pipe early, which is no failure.
    let _ = writeln!(std::io::stdout(), "{text}");
    Ok(())
}

/// The page's sentence, and the names behind it.
fn refusal(sentence: &str, missing: &[String], left_over: &[String]) -> String {
    let list = |what: &str, names: &[String]| if names.is_empty() { String::new() } else { format!("\n{what}: {}", names.join(", ")) };
    format!("{sentence}{}{}", list("missing", missing), list("left over", left_over))
}
