//! Trains natively what a link of the page trains in a browser: the same command loop, the same numbers.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use resnet_playground::dataset::LabelledImages;
use resnet_playground::dataset::augmentation::InputNormalisation;
use resnet_playground::dataset::split::training_parts;
use resnet_playground::dataset::whitening::{kept_name, measure};
use resnet_playground::evaluation::gap::{Gap, GapMetrics, GapUnit};
use resnet_playground::evaluation::metrics::{HeldOutMetrics, StepMetrics, TestMetrics};
use resnet_playground::experiment::callbacks::EpochRecord;
use resnet_playground::experiment::command_line::experiment;
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::experiment::permalink::{ViewOptions, write};
use resnet_playground::experiment::weight_init::{StartingPoint, WeightLayout};
use resnet_playground::experiment::{RunRequest, TrainError};
use resnet_playground::export::Framework;
use resnet_playground::export::notebook::{NotebookImages, NotebookRequest, write_notebook};
use resnet_playground::protocol::{TrainCommand, TrainEvent};
use resnet_playground::spec::Named;
use resnet_playground::studies::Question;
use resnet_playground::worker::trainer::Host;
use serde_json::{Value, json};

use crate::engine::{DeviceWord, Engine};
use crate::{inputs, serve};

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
            Some(file) => StartingPoint::Weights(std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?),
            None => StartingPoint::Fresh,
        },
        whitening: String::new(),
    };
    let engine = Engine::open(device)?;
    // Experiments look at images as they are.
    let whitening = if question.is_none() { whitening(&mut request, &folder)? } else { None };
    let hyperparameters = request.hyperparameters;
    let mut commands = match question {
        Some(question) => VecDeque::from([TrainCommand::RunExperiment { question, request: Box::new(request) }]),
        None if test.is_some() => VecDeque::from([TrainCommand::Prepare(Box::new(request)), TrainCommand::Test]),
        None => VecDeque::from([TrainCommand::Prepare(Box::new(request)), TrainCommand::Run, TrainCommand::Test]),
    };
    if explain_gap {
        commands.push_back(TrainCommand::ExplainGap);
    }
    if save.is_some() {
        commands.push_back(TrainCommand::WriteWeights(layout));
    }
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
    if let Some(failure) = terminal.failure.into_inner() {
        return Err(failure);
    }
    let (Some(file), Some((experiment, dataset))) = (notebook, told) else { return Ok(()) };
    let framework = if layout == WeightLayout::PyTorch { Framework::PyTorch } else { Framework::Keras };
    let saved = terminal.save.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let request = NotebookRequest {
        framework,
        link: format!("?{}", write(&experiment, &ViewOptions::default())),
        images: NotebookImages::of(&experiment, Some(&dataset)),
        weights_file: saved.unwrap_or_else(|| NotebookRequest::weights_file_of(&experiment.network, framework)),
        network: experiment.network,
        steps: terminal.steps.into_inner(),
        held_out: terminal.held_out.into_inner(),
    };
    let notebook = write_notebook(&request).map_err(|error| error.to_string())?;
    std::fs::write(&file, notebook).map_err(|error| format!("{}: {error}", file.display()))
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
        let file = folder.join(&part.shard.file);
        let bytes = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        images.append(&part.take(&bytes).map_err(|error| error.to_string())?.learnt);
    }
    let name = kept_name(&images, hyperparameters.whitening_epsilon);
    let measured = measure(&images, hyperparameters.whitening_epsilon, &mut |step| eprintln!("whitening: {step}"));
    request.whitening.clone_from(&name);
    Ok(Some((name, measured)))
}

/// Commands from a list, images from a folder, events as lines.
struct Terminal {
    commands: RefCell<VecDeque<TrainCommand>>,
    folder: PathBuf,
    save: Option<PathBuf>,
    prints_steps: bool,
    supervised: bool,
    hyperparameters: Hyperparameters,
    /// What the images are whitened by, if they are, under the name by which the run asks for it.
    whitening: Option<(String, Vec<u8>)>,
    /// Spent in training steps so far.
    training_ms: Cell<f64>,
    steps: RefCell<Vec<StepMetrics>>,
    held_out: RefCell<Vec<HeldOutMetrics>>,
    failure: RefCell<Option<String>>,
    started: Instant,
}

impl Terminal {
    fn epoch(&self, record: &EpochRecord, elapsed_ms: f64) -> Value {
        let EpochRecord { epoch, steps_done, learning_rate, loss, accuracy, validation, held_out, averaged, .. } = record;
        let of = |metrics: &HeldOutMetrics| json!({ "loss": metrics.loss, "accuracy": metrics.accuracy, "images": metrics.images });
        let images_per_second = self.hyperparameters.images_after(*steps_done) as f64 / (self.training_ms.get() / 1000.0);
        json!({
            "epoch": epoch,
            "steps": steps_done,
            "learning_rate": learning_rate,
            "train_loss": loss,
            "train_accuracy": accuracy,
            "validation": validation.as_ref().map(of),
            "held_out": of(held_out),
            "held_out_with_averaged_weights": averaged.as_ref().map(of),
            "best_so_far": record.is_best,
            "shortens_steps": record.shortens_steps,
            "stops": record.stops,
            "images_per_second": images_per_second,
            "elapsed_ms": elapsed_ms,
        })
    }
}

fn tested(metrics: &TestMetrics) -> Value {
    let TestMetrics { weights, plain, with_mirror_images: mirrored } = metrics;
    json!({
        "test": weights.name(),
        "images": plain.images,
        "loss": plain.loss,
        "accuracy": plain.accuracy,
        "loss_with_flip_averaging": mirrored.loss,
        "accuracy_with_flip_averaging": mirrored.accuracy,
    })
}

fn explained(metrics: &GapMetrics) -> Value {
    let passes: Vec<_> = metrics
        .levels
        .iter()
        .map(|pass| json!({ "pass": pass.level.name(), "loss": pass.loss, "accuracy": pass.accuracy, "images": pass.images }))
        .collect();
    let causes = Gap::new(metrics, GapUnit::Accuracy).map_or_else(Vec::new, |gap| {
        gap.parts.iter().map(|part| json!({ "cause": part.cause(), "accuracy": part.less as f64 / 1000.0 })).collect()
    });
    json!({ "gap": metrics.sentence(), "causes": causes, "passes": passes, "steps": metrics.steps_done })
}

impl Host for Terminal {
    fn send(&self, event: &TrainEvent) {
        let elapsed_ms = self.now_ms().round();
        match event {
            TrainEvent::Steps { steps, training_ms, .. } => {
                self.training_ms.set(*training_ms);
                self.steps.borrow_mut().extend_from_slice(steps);
                for step in steps.iter().filter(|_| self.prints_steps) {
                    println!("{}", json!({ "step": step.step, "loss": step.loss, "accuracy": step.accuracy, "elapsed_ms": elapsed_ms }));
                }
            }
            TrainEvent::EpochEnd(record) => println!("{}", self.epoch(record, elapsed_ms)),
            TrainEvent::Tested(tests) => tests.iter().for_each(|metrics| println!("{}", tested(metrics))),
            TrainEvent::Gap(metrics) => println!("{}", explained(metrics)),
            TrainEvent::File { bytes, .. } => {
                let saved =
                    self.save.as_ref().map(|path| std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display())));
                if let Some(Err(reason)) = saved {
                    self.failure.replace(Some(reason));
                }
            }
            TrainEvent::Experiment(report) if report.finding.is_empty() => eprintln!("{}", report.progress),
            TrainEvent::Experiment(report) => {
                println!("{}", json!({ "finding": report.finding, "details": report.details, "charts": report.charts }));
            }
            TrainEvent::KernelsChosen { description } => eprintln!("kernels: {description}"),
            TrainEvent::ImagesMissing { reason } => drop(self.failure.replace(Some(reason.clone()))),
            TrainEvent::Failed(error) => {
                if let (true, TrainError::Diverged { step }) = (self.supervised, error) {
                    println!("{}", json!({ "diverged": step }));
                }
                self.failure.replace(Some(error.to_string()));
            }
            TrainEvent::Ready { device, .. } if self.supervised => println!("{}", json!({ "device": device })),
            // Each is printed with the end of its epoch.
            TrainEvent::HeldOut(metrics) => self.held_out.borrow_mut().push(*metrics),
            TrainEvent::Ready { .. }
            | TrainEvent::Phase(_)
            | TrainEvent::Compared { .. }
            | TrainEvent::Looks(_)
            | TrainEvent::ImageLook(_)
            | TrainEvent::NotRetuned { .. }
            | TrainEvent::Kept { .. }
            | TrainEvent::NotKept { .. }
            | TrainEvent::Predictions(_) => {}
        }
    }

    fn take_command(&self) -> Option<TrainCommand> {
        None
    }

    async fn next_command(&self) -> Option<TrainCommand> {
        // Weights of a run that stopped on the way are not tested or saved as if it had ended.
        if self.failure.borrow().is_some() { None } else { self.commands.borrow_mut().pop_front() }
    }

    async fn yield_now(&self) {}

    async fn fetch(&self, url: &str, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
        let bytes = std::fs::read(self.folder.join(url)).map_err(|error| format!("{url}: {error}"))?;
        progress(bytes.len() as u64);
        Ok(bytes)
    }

    async fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.whitening.as_ref().filter(|(kept_as, _)| kept_as == name).map(|(_, bytes)| bytes.clone())
    }

    fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }
}
