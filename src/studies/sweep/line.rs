//! A finished run as a line of JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::experiment::Experiment;
use crate::experiment::permalink::{ViewOptions, read, write};

/// Version of the lines, their first value. Raised when one changes what it means; readers ignore values that they do not know.
pub const FORMAT_VERSION: u64 = 1;
/// How every line begins.
const BEGINNING: &str = "{\"resnet_playground_sweep\":";

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// By itself: after its last epoch, or because it no longer got better.
    Finished,
    /// Its loss was no longer a number. The same again would end alike.
    Diverged,
    /// Something came between. The same again may go well.
    Failed,
}

/// What an epoch came to. A number that is none is `null`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EpochLine {
    /// Counted from 1.
    pub epoch: u64,
    /// Steps done when it ended.
    pub steps: u64,
    /// Mean training loss over its images, in nats.
    pub train_loss: Option<f64>,
    /// Share of its training images classified correctly, 0 to 1.
    pub train_accuracy: Option<f64>,
    /// Mean loss on the held-out images, in nats.
    pub held_out_loss: Option<f64>,
    /// Share of the held-out images classified correctly, 0 to 1.
    pub held_out_accuracy: Option<f64>,
}

/// The held-out images at the end, with one kind of weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestLine {
    /// `last`, `average` or `best`.
    pub weights: String,
    /// Mean loss, in nats.
    pub loss: Option<f64>,
    /// Share classified correctly, 0 to 1.
    pub accuracy: Option<f64>,
    /// Mean loss of the mean over each image and its mirror image, in nats.
    pub loss_with_flip_averaging: Option<f64>,
    /// The same for the share classified correctly.
    pub accuracy_with_flip_averaging: Option<f64>,
}

/// A run of a sweep. Holds all that is needed to know what it was and to make it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepLine {
    /// [`FORMAT_VERSION`].
    #[serde(rename = "resnet_playground_sweep")]
    pub version: u64,
    /// Canonical link, without `?`.
    pub link: String,
    /// The settings that its sweep varied, as a link has them.
    #[serde(default)]
    pub varied: BTreeMap<String, String>,
    /// Its seed, which the link has too.
    pub seed: u64,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it did not finish, in a sentence; empty where it did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Parameters of the network.
    pub parameters: u64,
    /// Its layers with weights.
    pub depth: u64,
    /// The curve, one an epoch.
    pub epochs: Vec<EpochLine>,
    /// What the weights do in the end.
    #[serde(default)]
    pub tests: Vec<TestLine>,
    /// From its start to its end, reading images included, in milliseconds.
    pub elapsed_ms: u64,
    /// What it was computed on.
    #[serde(default)]
    pub device: String,
    /// Version of the program that made it.
    #[serde(default)]
    pub program: String,
}

/// A line that is no result which can be used here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// Something else.
    #[error("is no result of a sweep")]
    Foreign,
    /// Cut off, as by a program that was killed while it wrote.
    #[error("was cut off")]
    Torn,
    /// Of another version.
    #[error("is of another version")]
    OtherVersion,
    /// A result that says what cannot be.
    #[error("says what cannot be")]
    Damaged,
}

#[derive(Deserialize)]
struct Head {
    resnet_playground_sweep: u64,
}

/// Whether a file that begins so holds results of a sweep.
pub fn begins_as_results(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    start.trim_ascii_start().starts_with(BEGINNING.as_bytes())
}

impl SweepLine {
    /// The line, without its end.
    pub fn write(&self) -> String {
        // These plain types have no way to fail; an empty line is no result.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a line, and the experiment that its link says.
    ///
    /// # Errors
    /// When it is none that can be used.
    pub fn read(text: &str) -> Result<(Self, Experiment), Unreadable> {
        let text = text.trim();
        let head: Head = serde_json::from_str(text).map_err(|error| match () {
            () if BEGINNING.starts_with(text) => Unreadable::Torn,
            // A number that was cut off is no end of a file to the parser.
            () if text.starts_with(BEGINNING) && (error.is_eof() || !text.ends_with('}')) => Unreadable::Torn,
            () if text.starts_with(BEGINNING) => Unreadable::Damaged,
            () => Unreadable::Foreign,
        })?;
        if head.resnet_playground_sweep != FORMAT_VERSION {
            return Err(Unreadable::OtherVersion);
        }
        let line: Self = serde_json::from_str(text).map_err(|_| Unreadable::Damaged)?;
        let link = read(&line.link);
        // A link of a program that has other settings would stand for another run here.
        let is_canonical = link.notices.is_empty() && write(&link.experiment, &ViewOptions::default()) == line.link;
        let rises = line.epochs.windows(2).all(|pair| matches!(pair, [one, next] if one.epoch < next.epoch));
        let is_share = |share: Option<f64>| share.is_none_or(|share| (0.0..=1.0).contains(&share));
        let has_shares = line.epochs.iter().all(|epoch| is_share(epoch.train_accuracy) && is_share(epoch.held_out_accuracy));
        let is_sound = is_canonical && rises && has_shares && link.experiment.hyperparameters.seed == line.seed;
        if is_sound { Ok((line, link.experiment)) } else { Err(Unreadable::Damaged) }
    }

    /// Share of the held-out images classified correctly after the last epoch; none of a run that did not finish.
    pub fn held_out_accuracy(&self) -> Option<f64> {
        self.epochs.last().filter(|_| self.outcome == Outcome::Finished).and_then(|epoch| epoch.held_out_accuracy)
    }
}
