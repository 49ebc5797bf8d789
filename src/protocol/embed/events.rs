//! What the page around is told without asking.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::EMBED_VERSION;

/// What a run is busy with, in one word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Activity {
    /// There is no run.
    #[default]
    Idle,
    /// Trainer, images or network are on their way.
    Loading,
    /// It learns, or measures.
    Training,
    /// It waits.
    Paused,
    /// Its last epoch is over.
    Finished,
    /// It stopped.
    Failed,
}

/// A share of one. What is none, such as the accuracy of no image, is not known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64")]
pub struct Share(f64);

impl Share {
    /// Nothing of what is no number; what is beyond is brought to the nearer end.
    pub fn new(share: f64) -> Option<Self> {
        (!share.is_nan()).then(|| Self(share.clamp(0.0, 1.0)))
    }

    /// From 0 to 1.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Share {
    type Error = &'static str;

    fn try_from(share: f64) -> Result<Self, Self::Error> {
        if (0.0..=1.0).contains(&share) { Ok(Self(share)) } else { Err("a share goes from 0 to 1") }
    }
}

/// The version of the messages, which both sides have to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub struct Version;

impl From<Version> for u32 {
    fn from(_: Version) -> Self {
        EMBED_VERSION
    }
}

impl TryFrom<u32> for Version {
    type Error = &'static str;

    fn try_from(version: u32) -> Result<Self, Self::Error> {
        if version == EMBED_VERSION { Ok(Self) } else { Err("another version") }
    }
}

/// How far the author's goal is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalMetrics {
    /// As the link has it.
    pub text: String,
    /// Whether it was reached; not known while the run goes on.
    pub reached: Option<bool>,
    /// How near it came.
    pub score: Share,
}

/// The numbers of a run. What is not known is none; accuracies are shares of one, losses are in nats.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Metrics {
    /// What it is busy with.
    pub activity: Activity,
    /// Steps done.
    pub step: Option<u64>,
    /// Steps of the whole run.
    pub steps: Option<u64>,
    /// The epoch under way, 1 for the first.
    pub epoch: Option<u64>,
    /// Epochs of the whole run.
    pub epochs: Option<u64>,
    /// Loss of the last batch.
    pub loss: Option<f64>,
    /// Accuracy on the last batch.
    pub training_accuracy: Option<Share>,
    /// Accuracy on the held-out images after the last epoch.
    pub held_out_accuracy: Option<Share>,
    /// Loss on them.
    pub held_out_loss: Option<f64>,
    /// Time spent in training steps.
    pub training_seconds: Option<f64>,
    /// What it computes on.
    pub device: Option<String>,
    /// The author's goal, if the link has one.
    pub goal: Option<GoalMetrics>,
}

/// What one step measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepNumbers {
    /// Steps done.
    pub step: u64,
    /// Steps of the whole run.
    pub steps: u64,
    /// The epoch under way.
    pub epoch: u64,
    /// Loss of its batch.
    pub loss: Option<f64>,
    /// Accuracy on its batch.
    pub training_accuracy: Option<Share>,
}

/// What one epoch came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EpochNumbers {
    /// Counted from 1.
    pub epoch: u64,
    /// Epochs of the whole run.
    pub epochs: u64,
    /// Mean loss over its images.
    pub training_loss: Option<f64>,
    /// Accuracy on its images.
    pub training_accuracy: Option<Share>,
    /// Loss on the held-out images.
    pub held_out_loss: Option<f64>,
    /// Accuracy on the held-out images.
    pub held_out_accuracy: Option<Share>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", content = "data", rename_all = "lowercase")]
pub enum EmbedEvent {
    /// Commands can be taken.
    Ready {
        /// Of the messages.
        version: Version,
        /// The experiment, as a query.
        link: String,
        /// Of the page.
        build: String,
    },
    /// The activity or the link changed.
    State(Box<Metrics>),
    /// Steps were taken; this is the newest.
    Step(StepNumbers),
    /// An epoch is over.
    Epoch(EpochNumbers),
    /// The run waits.
    Paused {
        /// Steps done.
        step: u64,
    },
    /// The last epoch is over.
    Done(Box<Metrics>),
    /// The loss stopped being a number.
    Diverged {
        /// At which step.
        step: u64,
        /// A sentence.
        reason: String,
    },
    /// Nothing can be trained here.
    Unsupported {
        /// A sentence.
        reason: String,
    },
    /// The height that everything can be seen in has changed.
    Resize {
        /// CSS pixels.
        height: NonZeroU32,
    },
    /// Something failed.
    Error {
        /// A sentence.
        message: String,
        /// What helps, a sentence; none where nothing is known to.
        remedy: Option<String>,
    },
}

/// Nothing of infinity and of what is no number, which JSON does not have.
pub fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}
