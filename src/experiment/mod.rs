//! Everything that decides how a run goes: the network, how it is trained, on which images, where.

pub mod author_curve;
pub mod callbacks;
pub mod command_line;
mod device;
pub mod glossary;
pub mod goal;
pub mod hyperparameters;
pub mod options;
pub mod permalink;
pub mod recipes;
mod run_id;
mod run_request;
mod toggle_class;
mod train_error;
pub mod validation;
pub mod weight_init;
pub mod worker_failure;
#[cfg(test)]
mod worker_failure_tests;
mod workstation_failure;

pub use author_curve::{AuthorCurve, UnreadableCurve};
pub use device::DeviceChoice;
pub use run_id::RunId;
pub use run_request::RunRequest;
pub use toggle_class::{FEWEST_CLASSES, toggle_class};
pub use train_error::TrainError;
pub use worker_failure::WorkerFailure;
pub use workstation_failure::WorkstationFailure;

use crate::dataset::augmentation::Augmentation;
use crate::dataset::{ClassChoice, STARTER};
use crate::language::{text, tr};
use crate::spec::NetworkChoices;
use hyperparameters::{Hyperparameters, OptimizerChoice, OptimizerKind, Schedule, ScheduleShape};

/// The network, how it is trained, on what and where. The same value gives the same run.
///
/// `network.classes` follows from `classes`: their number, or that of the whole data set when the
/// choice is empty. A link therefore holds only the choice.
///
/// The default is the tutorial's way to train, which is what a link leaves out; the page itself begins with
/// [`Experiment::first`].
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "app", derive(reactive_stores::Store))]
pub struct Experiment {
    /// The network.
    pub network: NetworkChoices,
    /// How it is trained.
    pub hyperparameters: Hyperparameters,
    /// Name of the data set: nothing for the best of those that come with the page, else
    /// [`STARTER`](crate::dataset::STARTER) or that of one in the browser's storage.
    pub data: String,
    /// Classes that take part; empty means all.
    pub classes: ClassChoice,
    /// Where it runs.
    pub device: DeviceChoice,
}

impl Experiment {
    /// Whether its images are the visitor's own, rather than some that come with the page.
    pub fn has_own_data(&self) -> bool {
        !self.data.is_empty() && self.data != STARTER
    }

    /// What the page begins with when its address says nothing of an experiment: the tutorial's network at depth 20, half as wide
    /// behind the stem and without its dense layer and dropouts, trained so that it is right as often as possible after a minute.
    /// At depth 20 each stage has a block whose skip connection is the identity. The recipe “Quick”.
    pub fn first() -> Self {
        Self {
            network: NetworkChoices {
                depth: 20,
                first_widening: 2,
                dense_units: 0,
                stem_dropout: 0.0,
                head_dropout: 0.0,
                ..NetworkChoices::default()
            },
            hyperparameters: Hyperparameters {
                batch_size: 8,
                epochs: 22,
                optimizer: OptimizerChoice { kind: OptimizerKind::AdamW, weight_decay: 0.2, ..OptimizerChoice::default() },
                schedule: Schedule { shape: ScheduleShape::OneCycle, ..Schedule::default() },
                label_smoothing: 0.1,
                augmentation: Augmentation { flip: true, crop_padding: 2, ..Augmentation::default() },
                ..Hyperparameters::default()
            },
            ..Self::default()
        }
    }

    /// Fits the experiment to a data set with `available_classes`, which a link cannot know.
    ///
    /// Drops classes that are not there, and keeps `network.classes` equal to what takes part.
    /// Gives a sentence for the user about each class dropped.
    pub fn fit_to(&mut self, available_classes: usize) -> Vec<String> {
        let mut notices = Vec::new();
        let (mut kept, missing): (Vec<u16>, Vec<u16>) =
            self.classes.0.iter().copied().partition(|class| usize::from(*class) < available_classes);
        if let Some(first) = missing.first() {
            let classes = available_classes;
            notices.push(tr!("This data set has {classes} classes, numbered from 0: class {class} is left out.", classes, class = first));
        }
        if kept.len() == 1 {
            notices.push(text!("One class leaves nothing to tell apart: all classes are used.").into());
        }
        if kept.len() < 2 || kept.len() == available_classes {
            kept.clear();
        }
        self.network.classes = if kept.is_empty() { available_classes } else { kept.len() };
        self.classes = ClassChoice(kept);
        notices
    }
}
