//! Trains natively what a link of the page trains in a browser: the same command loop, the same numbers.

mod json_lines;
mod notebook;
mod terminal;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use resnet_playground::dataset::LabelledImages;
use resnet_playground::dataset::augmentation::InputNormalisation;
use resnet_playground::dataset::split::training_parts;
use resnet_playground::dataset::whitening::{kept_name, measure};
use resnet_playground::experiment::RunRequest;
use resnet_playground::experiment::command_line::experiment;
use resnet_playground::experiment::weight_init::{StartingPoint, WeightLayout};
use resnet_playground::protocol::TrainCommand;
use resnet_playground::spec::Named;
use resnet_playground::studies::Question;

use crate::engine::{DeviceWord, Engine};
use crate::{files, inputs, serve};

use terminal::Terminal;

/// Trains what a link of the page trains in a browser: a JSON line for each step, each epoch and each test at the end.
#[derive(clap::Args)]
pub struct Options {
    /// A link of the page or what follows its question mark, JSON with the same keys ({"depth": 20, …}), or a file that ends in .json
    #[arg(required_unless_present_any = ["config", "serve"], conflicts_with_all = ["config", "serve"])]
    link: Option<String>,
    /// The same without lines for the steps
    #[arg(long, value_name = "LINK")]
    config: Option<String>,
    /// Images with their manifest.json, by default www/data/starter
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Writes the weights in the end
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Axes and names of the weights that --save writes, and the library of the code that --notebook writes
    #[arg(long, value_name = "LIBRARY", value_parser = layout(), default_value = "keras")]
    layout: WeightLayout,
    /// Writes a notebook in the end, with the name of the file that --save writes
    #[arg(long, value_name = "FILE", conflicts_with_all = ["experiment", "test"])]
    notebook: Option<PathBuf>,
    /// Trains nothing: tests weights that --save wrote
    #[arg(long, value_name = "FILE", conflicts_with = "experiment")]
    test: Option<PathBuf>,
    /// Measures in the end why training accuracy and held-out accuracy differ: a JSON line more
    #[arg(long, conflicts_with_all = ["experiment", "test"])]
    explain_gap: bool,
    /// Answers one of the page's questions about the link's network instead
    #[arg(long, value_name = "QUESTION", value_parser = question())]
    experiment: Option<Question>,
    /// What it is computed on
    #[arg(long, value_enum, default_value_t = DeviceWord::Cpu)]
    device: DeviceWord,
    /// Ends with its standard input, and tells the device and a loss that is no number in lines of their own: a run of a sweep
    #[arg(long, hide = true)]
    supervised: bool,
    #[command(flatten)]
    serve: serve::Options,
}

fn question() -> impl TypedValueParser<Value = Question> {
    let names = PossibleValuesParser::new(Question::ALL.iter().map(|question| question.name()));
    names.try_map(|name| Question::from_name(&name).ok_or("no question"))
}

fn layout() -> impl TypedValueParser<Value = WeightLayout> {
    let names = PossibleValuesParser::new(WeightLayout::ALL.iter().map(|layout| layout.name()));
    names.try_map(|name| WeightLayout::from_name(&name).ok_or("no layout"))
}

pub fn run(options: Options) -> Result<(), String> {
    let Options { link, config, data, save, layout, notebook, test, explain_gap, experiment: question, device, supervised, serve } =
        options;
    if serve.is_asked_for() {
        return serve::run(serve, Engine::open(device)?);
    }
    let prints_steps = config.is_none();
    let source = config.or(link).unwrap_or_default();
    if supervised {
        end_with_input();
    }
    let (mut experiment, notices) = experiment(&inputs::link_text(source)?)?;
    let folder = inputs::folder(data, &experiment)?;
    notices.iter().for_each(|notice| eprintln!("{notice}"));
    let dataset = inputs::manifest(&folder)?;
    experiment.fit_to(dataset.classes.len()).iter().for_each(|notice| eprintln!("{notice}"));
    let told = notebook.is_some().then(|| (experiment.clone(), dataset.clone()));
    let mut request = RunRequest {
        network: experiment.network,
        hyperparameters: experiment.hyperparameters,
        classes: experiment.classes,
        dataset_url: String::new(),
        dataset,
        start: match &test {
            Some(file) => StartingPoint::Weights(files::read(file)?),
            None => StartingPoint::Fresh,
        },
        whitening: String::new(),
    };
    let engine = Engine::open(device)?;
    // Experiments look at images as they are.
    let whitening = if question.is_none() { whitening(&mut request, &folder)? } else { None };
    let hyperparameters = request.hyperparameters;
    let commands = commands(request, question, test.is_some(), explain_gap, save.is_some().then_some(layout));
    let terminal = Terminal {
        commands: RefCell::new(commands),
        folder,
        save,
        prints_steps,
        supervised,
        hyperparameters,
        whitening,
        training_ms: Cell::new(0.0),
        steps: RefCell::default(),
        held_out: RefCell::default(),
        failure: RefCell::default(),
        started: Instant::now(),
    };
    engine.train(&terminal)?;
    if let Some(failure) = terminal.failure.take() {
        return Err(failure);
    }
    let (Some(file), Some((experiment, dataset))) = (notebook, told) else { return Ok(()) };
    files::write(&file, notebook::of_run(experiment, &dataset, layout, terminal)?)
}

/// What the trainer is told, in this order.
fn commands(
    request: RunRequest,
    question: Option<Question>,
    tests: bool,
    explain_gap: bool,
    weights: Option<WeightLayout>,
) -> VecDeque<TrainCommand> {
    let request = Box::new(request);
    let main = match question {
        Some(question) => vec![TrainCommand::RunExperiment { question, request }],
        None if tests => vec![TrainCommand::Prepare(request), TrainCommand::Test],
        None => vec![TrainCommand::Prepare(request), TrainCommand::Run, TrainCommand::Test],
    };
    let explained = explain_gap.then_some(TrainCommand::ExplainGap);
    main.into_iter().chain(explained).chain(weights.map(TrainCommand::WriteWeights)).collect()
}

/// Ends this process once nobody holds its standard input any more: a sweep that was killed leaves no runs behind.
fn end_with_input() {
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        std::process::exit(1);
    });
}

/// Measures what the images of a run are whitened by, if they are.
fn whitening(request: &mut RunRequest, folder: &Path) -> Result<Option<(String, Vec<u8>)>, String> {
    let hyperparameters = &request.hyperparameters;
    if hyperparameters.normalisation != InputNormalisation::Whitened {
        return Ok(None);
    }
    let mut images = LabelledImages::default();
    for part in training_parts(&request.images()).map_err(|error| error.to_string())?.0 {
        let bytes = files::read(&folder.join(&part.shard.file))?;
        images.append(&part.take(&bytes).map_err(|error| error.to_string())?.learnt);
    }
    let name = kept_name(&images, hyperparameters.whitening_epsilon);
    let measured = measure(&images, hyperparameters.whitening_epsilon, &mut |step| eprintln!("whitening: {step}"));
    request.whitening.clone_from(&name);
    Ok(Some((name, measured)))
}
