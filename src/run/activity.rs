//! What is going on, in words and as a share of one.

use crate::experiment::TrainError;
use crate::language::format::{decimals, percent};
use crate::language::{text, tr};
use crate::protocol::Phase;

use super::TrainerKind;

/// What a run is busy with, from the click on.
#[derive(Debug, Clone, PartialEq)]
pub enum Activity {
    /// The browser has not said yet whether it has a GPU.
    ChoosingDevice,
    /// The trainer's program is on its way; how much of it has arrived, once any has.
    FetchingTrainer(Option<Arrival>),
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

/// How much of a trainer's program has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// Bytes that are there, as they are without compression.
    pub received_bytes: u64,
    /// Bytes of all of it; 0 where the page does not know.
    pub total_bytes: u64,
}

impl Arrival {
    /// `1.2 of 3.9 MB`.
    fn words(self) -> String {
        let megabytes = |bytes: u64| decimals(bytes as f64 / 1e6, 1);
        let Self { received_bytes, total_bytes } = self;
        match total_bytes {
            0 => format!("{} MB", megabytes(received_bytes)),
            // Of two programs for the CPU the page knows the size of one.
            total_bytes => {
                tr!("{part} of {whole} MB", part = megabytes(received_bytes), whole = megabytes(total_bytes.max(received_bytes)))
            }
        }
    }
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
    /// What the run does and how far it is, for example `Loading images 40 %`.
    pub fn sentence(&self, trainer: Option<TrainerKind>) -> String {
        format!("{} {}", self.words(trainer), self.detail()).trim_end().to_owned()
    }

    /// How far it is, in numbers that move; empty where nobody counts.
    pub(super) fn detail(&self) -> String {
        match self {
            Self::Trainer(Phase::LoadingImages { received_bytes, total_bytes }) if *total_bytes > 0 => {
                percent(share(*received_bytes as f64, *total_bytes as f64), 0)
            }
            Self::Trainer(
                Phase::Evaluating { done, total } | Phase::LeavingOutBlocks { done, total } | Phase::ExplainingGap { done, total },
            ) => tr!("{done} of {total}", done, total),
            Self::FetchingTrainer(Some(arrival)) => arrival.words(),
            Self::Whitening(progress) => progress.clone(),
            _ => String::new(),
        }
    }

    /// What it is, without numbers.
    pub(super) fn words(&self, trainer: Option<TrainerKind>) -> &'static str {
        match self {
            Self::ChoosingDevice => text!("Looking for a GPU…"),
            Self::FetchingTrainer(_) if trainer == Some(TrainerKind::Workstation) => text!("Connecting to the program…"),
            Self::FetchingTrainer(_) => text!("Fetching the trainer…"),
            Self::Preparing => text!("Starting the trainer…"),
            Self::Whitening(_) => text!("Measuring the whitening…"),
            Self::Trainer(Phase::OpeningDevice) => text!("Opening the GPU…"),
            Self::Trainer(Phase::LoadingImages { .. }) => text!("Loading images"),
            Self::Trainer(Phase::ChoosingKernels) => text!("Finding the fastest kernels for this GPU…"),
            Self::Trainer(Phase::WaitingForImages) => text!("Waiting for the next images…"),
            Self::Trainer(Phase::BuildingNetwork) => text!("Building the network…"),
            // Only the GPU has kernels to compile.
            Self::Trainer(Phase::FirstStep) if trainer == Some(TrainerKind::WebGpu) => {
                text!("Compiling kernels and taking the first step…")
            }
            Self::Trainer(Phase::FirstStep) => text!("Taking the first step…"),
            Self::Trainer(Phase::Training) => text!("Training"),
            Self::Trainer(Phase::Evaluating { .. }) => text!("Measuring held-out accuracy"),
            Self::Trainer(Phase::LeavingOutBlocks { .. }) => text!("Removing blocks one at a time"),
            Self::Trainer(Phase::ExplainingGap { .. }) => text!("Measuring training images again"),
            Self::Trainer(Phase::Paused) | Self::Parked => text!("Paused"),
            Self::Trainer(Phase::Finished) => text!("Finished"),
            Self::Failed(_) => text!("Stopped"),
        }
    }

    pub(super) fn progress(&self) -> Progress {
        match self {
            Self::FetchingTrainer(Some(Arrival { received_bytes, total_bytes })) if *total_bytes > 0 => {
                Progress::Share(share(*received_bytes as f64, *total_bytes as f64))
            }
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
