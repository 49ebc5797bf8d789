//! A run of a sweep: `train` of this program in a process of its own, so that one that dies takes no other with it.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use resnet_playground::spec::ResNetSpec;
use resnet_playground::studies::sweep::{EpochLine, FORMAT_VERSION, Outcome, SweepLine, SweepRun, TestLine};
use serde_json::Value;

use crate::engine::DeviceWord;

/// Trains runs on the images of one folder.
pub struct Trainer {
    program: PathBuf,
    folder: PathBuf,
    device: DeviceWord,
}

impl Trainer {
    /// # Errors
    /// When this program does not find itself.
    pub fn new(folder: PathBuf, device: DeviceWord) -> Result<Self, String> {
        let program = std::env::current_exe().map_err(|error| format!("the program cannot be started again: {error}"))?;
        Ok(Self { program, folder, device })
    }

    /// Trains a run to its end, whatever that is.
    pub fn train(&self, run: &SweepRun) -> SweepLine {
        let started = Instant::now();
        let spec = ResNetSpec::new(run.experiment.network.clone()).ok();
        let mut line = SweepLine {
            version: FORMAT_VERSION,
            link: run.link.clone(),
            varied: run.varied.clone(),
            seed: run.experiment.hyperparameters.seed,
            outcome: Outcome::Failed,
            reason: String::new(),
            parameters: spec.as_ref().map_or(0, |spec| spec.cost().parameters),
            depth: spec.as_ref().map_or(0, |spec| spec.depth().layers() as u64),
            epochs: Vec::new(),
            tests: Vec::new(),
            elapsed_ms: 0,
            device: String::new(),
            program: env!("CARGO_PKG_VERSION").into(),
        };
        match self.start(&run.link) {
            Ok(child) => follow(child, &mut line),
            Err(error) => line.reason = format!("the process of the run could not be started: {error}"),
        }
        line.elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        line
    }

    fn start(&self, link: &str) -> std::io::Result<Child> {
        let mut command = Command::new(&self.program);
        command.args(["train", "--supervised", "--device", self.device.written(), "--config", link, "--data"]).arg(&self.folder);
        // Its standard input ends with this process, and the run with that.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
    }
}

/// Takes in what the process says until it ends.
fn follow(mut child: Child, line: &mut SweepLine) {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // Read beside the other: a pipe that nobody reads fills, and its writer waits for ever.
    let last_words = std::thread::spawn(move || {
        let lines = stderr.into_iter().flat_map(|stderr| BufReader::new(stderr).lines().map_while(Result::ok));
        lines.filter(|line| !line.trim().is_empty()).last().unwrap_or_default()
    });
    let mut diverged = false;
    for text in stdout.into_iter().flat_map(|stdout| BufReader::new(stdout).lines().map_while(Result::ok)) {
        let Ok(said) = serde_json::from_str::<Value>(&text) else { continue };
        if let Some(device) = said.get("device").and_then(Value::as_str) {
            line.device = device.into();
        }
        diverged |= said.get("diverged").is_some();
        line.epochs.extend(epoch(&said));
        line.tests.extend(test(&said));
    }
    let ended = child.wait();
    let last_words = last_words.join().unwrap_or_default();
    (line.outcome, line.reason) = match ended {
        Ok(status) if status.success() => (Outcome::Finished, String::new()),
        _ if diverged => (Outcome::Diverged, last_words),
        Ok(status) if status.code().is_none() => {
            (Outcome::Failed, format!("its process was ended by {status}: often there is no memory left, and fewer --jobs need less"))
        }
        Ok(status) => (Outcome::Failed, if last_words.is_empty() { format!("its process ended with {status}") } else { last_words }),
        Err(error) => (Outcome::Failed, format!("its process was lost: {error}")),
    };
}

/// A number as the trainer had it: it counts in `f32`, and a decimal is read to within a rounding of `f64`.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().map(|number| f64::from(number as f32))
}

fn epoch(said: &Value) -> Option<EpochLine> {
    Some(EpochLine {
        epoch: said.get("epoch")?.as_u64()?,
        steps: said.get("steps")?.as_u64()?,
        train_loss: number(&said["train_loss"]),
        train_accuracy: number(&said["train_accuracy"]),
        held_out_loss: number(&said["held_out"]["loss"]),
        held_out_accuracy: number(&said["held_out"]["accuracy"]),
    })
}

fn test(said: &Value) -> Option<TestLine> {
    Some(TestLine {
        weights: said.get("test")?.as_str()?.into(),
        loss: number(&said["loss"]),
        accuracy: number(&said["accuracy"]),
        loss_with_flip_averaging: number(&said["loss_with_flip_averaging"]),
        accuracy_with_flip_averaging: number(&said["accuracy_with_flip_averaging"]),
    })
}
