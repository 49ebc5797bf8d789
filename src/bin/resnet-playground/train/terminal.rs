//! A run without a page: commands from a list, images from a folder, events as lines of JSON.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Instant;

use resnet_playground::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use resnet_playground::experiment::TrainError;
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::protocol::{TrainCommand, TrainEvent};
use resnet_playground::worker::trainer::Host;
use serde_json::json;

use super::json_lines;
use crate::files;

/// Commands from a list, images from a folder, events as lines.
pub(super) struct Terminal {
    pub commands: RefCell<VecDeque<TrainCommand>>,
    pub folder: PathBuf,
    pub save: Option<PathBuf>,
    pub prints_steps: bool,
    pub supervised: bool,
    pub hyperparameters: Hyperparameters,
    /// What the images are whitened by, if they are, under the name by which the run asks for it.
    pub whitening: Option<(String, Vec<u8>)>,
    /// Spent in training steps so far.
    pub training_ms: Cell<f64>,
    pub steps: RefCell<Vec<StepMetrics>>,
    pub held_out: RefCell<Vec<HeldOutMetrics>>,
    pub failure: RefCell<Option<String>>,
    pub started: Instant,
}

impl Terminal {
    fn images_per_second(&self, steps_done: usize) -> f64 {
        self.hyperparameters.images_after(steps_done) as f64 / (self.training_ms.get() / 1000.0)
    }
}

impl Host for Terminal {
    fn send(&self, event: &TrainEvent) {
        let elapsed_ms = self.now_ms().round();
        match event {
            TrainEvent::Steps { steps, training_ms, .. } => {
                self.training_ms.set(*training_ms);
                self.steps.borrow_mut().extend_from_slice(steps);
                steps.iter().filter(|_| self.prints_steps).for_each(|step| println!("{}", json_lines::step(step, elapsed_ms)));
            }
            TrainEvent::EpochEnd(record) => {
                println!("{}", json_lines::epoch(record, self.images_per_second(record.steps_done), elapsed_ms));
            }
            TrainEvent::Tested(tests) => tests.iter().for_each(|metrics| println!("{}", json_lines::tested(metrics))),
            TrainEvent::Gap(metrics) => println!("{}", json_lines::explained(metrics)),
            TrainEvent::File { bytes, .. } => {
                if let Some(Err(reason)) = self.save.as_ref().map(|path| files::write(path, bytes)) {
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
        let bytes = files::read(&self.folder.join(url))?;
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
