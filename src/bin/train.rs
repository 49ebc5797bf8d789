//! Trains natively what a link of the page trains in a browser: the same command loop, the same numbers.
//!
//! `train LINK [--data FOLDER] [--save FILE]` prints one JSON line for each report. With `--experiment QUESTION` it runs
//! one of the page's experiments on the network of the link instead, and prints its answer and its curves.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use burn::tensor::Device;
use resnet_playground::dataset::DatasetManifest;
use resnet_playground::experiments::Question;
use resnet_playground::permalink;
use resnet_playground::protocol::{RunRequest, TrainCommand, TrainEvent};
use resnet_playground::spec::Named;
use resnet_playground::starting_point::{StartingPoint, WeightLayout};
use resnet_playground::worker::{Host, run};
use serde_json::json;

const USAGE: &str = "usage: cargo xtask train LINK [--data FOLDER] [--save FILE]
       cargo xtask train LINK [--data FOLDER] --experiment skips|depth|lesions|batch-norm|order|first-step";

fn main() -> ExitCode {
    match train(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn train(words: &[String]) -> Result<(), String> {
    let option = |name: &str| words.iter().position(|word| word == name).and_then(|place| words.get(place + 1));
    let link = words.first().ok_or(USAGE)?;
    let query = link.split_once('?').map_or(link.as_str(), |(_, query)| query);
    let folder = PathBuf::from(option("--data").map_or("www/data/starter", String::as_str));
    let permalink::Link { mut experiment, notices, .. } = permalink::read(query);
    notices.iter().for_each(|notice| eprintln!("{notice}"));
    let manifest = std::fs::read_to_string(folder.join("manifest.json")).map_err(|error| format!("{}: {error}", folder.display()))?;
    let dataset = DatasetManifest::parse(&manifest).map_err(|error| error.to_string())?;
    experiment.fit_to(dataset.classes.len()).iter().for_each(|notice| eprintln!("{notice}"));
    let request = RunRequest {
        network: experiment.network,
        hyperparameters: experiment.hyperparameters,
        classes: experiment.classes,
        dataset_url: String::new(),
        dataset,
        start: StartingPoint::Fresh,
    };
    let mut commands = match option("--experiment") {
        Some(name) => {
            let question = Question::from_name(name).ok_or(USAGE)?;
            VecDeque::from([TrainCommand::RunExperiment { question, request: Box::new(request) }])
        }
        None => VecDeque::from([TrainCommand::Prepare(Box::new(request)), TrainCommand::Run]),
    };
    if option("--save").is_some() {
        commands.push_back(TrainCommand::WriteWeights(WeightLayout::Keras));
    }
    let terminal = Terminal {
        commands: RefCell::new(commands),
        folder,
        save: option("--save").map(PathBuf::from),
        failure: RefCell::default(),
        started: Instant::now(),
    };
    pollster::block_on(run(&terminal, Device::flex(), "CPU".into()));
    terminal.failure.into_inner().map_or(Ok(()), Err)
}

/// Commands from a list, images from a folder, events as lines.
struct Terminal {
    commands: RefCell<VecDeque<TrainCommand>>,
    folder: PathBuf,
    save: Option<PathBuf>,
    failure: RefCell<Option<String>>,
    started: Instant,
}

impl Host for Terminal {
    fn send(&self, event: &TrainEvent) {
        let elapsed_ms = self.now_ms().round();
        match event {
            TrainEvent::Steps { steps, .. } => {
                for step in steps {
                    println!("{}", json!({ "step": step.step, "loss": step.loss, "accuracy": step.accuracy, "elapsed_ms": elapsed_ms }));
                }
            }
            TrainEvent::HeldOut(held_out) => println!(
                "{}",
                json!({ "step": held_out.step, "held_out_loss": held_out.loss, "held_out_accuracy": held_out.accuracy, "images": held_out.images, "elapsed_ms": elapsed_ms })
            ),
            TrainEvent::File { bytes, .. } => {
                let saved =
                    self.save.as_ref().map(|path| std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display())));
                if let Some(Err(reason)) = saved {
                    self.failure.replace(Some(reason));
                }
            }
            TrainEvent::Experiment(report) if report.finding.is_empty() => eprintln!("{}", report.progress),
            TrainEvent::Experiment(report) => println!("{}", json!({ "finding": report.finding, "charts": report.charts })),
            TrainEvent::Failed(error) => drop(self.failure.replace(Some(error.to_string()))),
            TrainEvent::Ready { .. }
            | TrainEvent::Phase(_)
            | TrainEvent::Compared { .. }
            | TrainEvent::Looks(_)
            | TrainEvent::CodeLines(_)
            | TrainEvent::ImageLook(_) => {}
        }
    }

    fn take_command(&self) -> Option<TrainCommand> {
        None
    }

    async fn next_command(&self) -> Option<TrainCommand> {
        self.commands.borrow_mut().pop_front()
    }

    async fn yield_now(&self) {}

    async fn fetch(&self, url: &str, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
        let bytes = std::fs::read(self.folder.join(url)).map_err(|error| format!("{url}: {error}"))?;
        progress(bytes.len() as u64);
        Ok(bytes)
    }

    fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }
}
