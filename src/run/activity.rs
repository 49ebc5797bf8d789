//! What is going on, in words and as a share of one.

use crate::experiment::TrainError;
use crate::protocol::Phase;

use super::TrainerKind;

/// What a run is busy with, from the click on.
#[derive(Debug, Clone, PartialEq)]
pub enum Activity {
    /// The browser has not said yet whether it has a GPU.
    ChoosingDevice,
    /// The trainer's program is on its way.
    FetchingTrainer,
    /// What its images are whitened by is measured; in words, how far that is.
    Whitening(String),
    /// It is there and has its commands.
    Preparing,
    /// It said what it does.
    Trainer(Phase),
    /// Its trainer was ended to give back what it holds; Play takes it up again.
    Parked,
    /// It stopped.
    Failed(TrainError),
}

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Progress {
    /// Not measured by itself.
    None,
    /// Under way, nobody knows how far.
    Unknown,
    /// From 0 to 1.
    Share(f64),
}

impl Activity {
    /// The two of them: `Loading images 40 %`.
    pub fn sentence(&self, trainer: Option<TrainerKind>) -> String {
        format!("{} {}", self.words(trainer), self.detail()).trim_end().to_owned()
    }

    /// How far it is, in numbers that move; empty where nobody counts.
    pub(super) fn detail(&self) -> String {
        match self {
            Self::Trainer(Phase::LoadingImages { received_bytes, total_bytes }) if *total_bytes > 0 => {
                format!("{:.0} %", share(*received_bytes as f64, *total_bytes as f64) * 100.0)
            }
            Self::Trainer(
                Phase::Evaluating { done, total } | Phase::LeavingOutBlocks { done, total } | Phase::ExplainingGap { done, total },
            ) => format!("{done} of {total}"),
            Self::Whitening(progress) => progress.clone(),
            _ => String::new(),
        }
    }

    /// What it is, without numbers.
    pub(super) fn words(&self, trainer: Option<TrainerKind>) -> &'static str {
        match self {
            Self::ChoosingDevice => "Looking for a GPU…",
            Self::FetchingTrainer if trainer == Some(TrainerKind::Workstation) => "Connecting to the program…",
            Self::FetchingTrainer => "Fetching the trainer…",
            Self::Preparing => "Starting the trainer…",
            Self::Whitening(_) => "Measuring the whitening…",
            Self::Trainer(Phase::OpeningDevice) => "Opening the GPU…",
            Self::Trainer(Phase::LoadingImages { .. }) => "Loading images",
            Self::Trainer(Phase::ChoosingKernels) => "Finding the fastest kernels for this GPU…",
            Self::Trainer(Phase::WaitingForImages) => "Waiting for the next images…",
            Self::Trainer(Phase::BuildingNetwork) => "Building the network…",
            // Only the GPU has kernels to compile.
            Self::Trainer(Phase::FirstStep) if trainer == Some(TrainerKind::WebGpu) => "Compiling kernels and taking the first step…",
            Self::Trainer(Phase::FirstStep) => "Taking the first step…",
            Self::Trainer(Phase::Training) => "Training",
            Self::Trainer(Phase::Evaluating { .. }) => "Measuring held-out accuracy",
            Self::Trainer(Phase::LeavingOutBlocks { .. }) => "Removing blocks one at a time",
            Self::Trainer(Phase::ExplainingGap { .. }) => "Measuring training images again",
            Self::Trainer(Phase::Paused) | Self::Parked => "Paused",
            Self::Trainer(Phase::Finished) => "Finished",
            Self::Failed(_) => "Stopped",
        }
    }

    pub(super) fn progress(&self) -> Progress {
        match self {
            Self::Trainer(Phase::LoadingImages { received_bytes, total_bytes }) => {
                Progress::Share(share(*received_bytes as f64, *total_bytes as f64))
            }
            Self::Trainer(
                Phase::Evaluating { done, total } | Phase::LeavingOutBlocks { done, total } | Phase::ExplainingGap { done, total },
            ) => Progress::Share(share(*done as f64, *total as f64)),
            Self::Trainer(Phase::Training | Phase::Paused | Phase::Finished) | Self::Parked | Self::Failed(_) => Progress::None,
            _ => Progress::Unknown,
        }
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 0.0 }
}
