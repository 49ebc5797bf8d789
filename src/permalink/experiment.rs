//! Everything that decides how a run goes.

use crate::dataset::ClassChoice;
use crate::hyperparameters::Hyperparameters;
use crate::spec::NetworkChoices;

use super::DeviceChoice;

/// Most training images a link can ask for: the training set of CIFAR.
pub const MOST_TRAINING_IMAGES: usize = 50_000;
/// Most held-out images a link can ask for: the test set of CIFAR.
pub const MOST_HELD_OUT_IMAGES: usize = 10_000;

/// The network, how it is trained, on what and where. The same value gives the same run.
///
/// `network.classes` follows from `classes`: their number, or that of the whole data set when the
/// choice is empty. A link therefore holds only the choice.
#[derive(Debug, Clone, PartialEq, Default)]
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
    /// Fits the experiment to a data set with `available_classes`, which a link cannot know.
    ///
    /// Drops classes that are not there, and keeps `network.classes` equal to what takes part.
    /// Gives a sentence for the user about each class dropped.
    pub fn fit_to(&mut self, available_classes: usize) -> Vec<String> {
        let mut notices = Vec::new();
        let (mut kept, missing): (Vec<u16>, Vec<u16>) =
            self.classes.0.iter().copied().partition(|class| usize::from(*class) < available_classes);
        if let Some(first) = missing.first() {
            notices.push(format!("This data set has {available_classes} classes, numbered from 0: class {first} is left out."));
        }
        if kept.len() == 1 {
            notices.push("One class leaves nothing to tell apart: all classes are used.".into());
        }
        if kept.len() < 2 || kept.len() == available_classes {
            kept.clear();
        }
        self.network.classes = if kept.is_empty() { available_classes } else { kept.len() };
        self.classes = ClassChoice(kept);
        notices
    }
}
