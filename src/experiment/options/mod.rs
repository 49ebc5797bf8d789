//! The table of options: every field of an [`Experiment`](super::Experiment) that a link, a form, a command line or the name of a run tells.
//!
//! ```text
//! spec::OPTIONS ─────────────► network
//! TRAINING_OPTIONS ──────────► training, augmentation      ► options() ──► link, form, problems, names of runs
//! own ───────────────────────► images, seed, device
//! ```

mod applies;
mod choices;
mod definition;
mod groups;
mod own;

use std::sync::LazyLock;

use crate::experiment::Experiment;
use crate::experiment::hyperparameters::TRAINING_OPTIONS;
use crate::spec;

pub use choices::Choice;
pub use definition::{OptionDefinition, OptionKind, UnusableText};
pub use groups::OptionGroup;
pub use own::{ALL as ALL_CLASSES, MOST_CLASSES};

/// The network's option that no link has: it follows from the chosen classes.
pub const CLASS_COUNT: &str = "class-count";

static TABLE: LazyLock<Vec<OptionDefinition>> = LazyLock::new(|| {
    let network = spec::OPTIONS.iter().filter(|option| option.key != CLASS_COUNT).map(OptionDefinition::of_network);
    let training = TRAINING_OPTIONS.iter().map(OptionDefinition::of_training);
    network.chain(own::before_training()).chain(training).chain(own::after_training()).collect()
});

/// All options, in the order in which a link writes them.
pub fn options() -> &'static [OptionDefinition] {
    &TABLE
}

/// Label and value of each option that `experiment` has otherwise than `usual`, for people; in English, for exported files.
pub fn differences(experiment: &Experiment, usual: &Experiment) -> Vec<(&'static str, String)> {
    let readable = |option: &OptionDefinition, of: &Experiment| option.value_or(of, "as usual");
    let values = options().iter().map(|option| (option.label, readable(option, experiment), readable(option, usual)));
    values.filter(|(_, value, usual)| value != usual).map(|(label, value, _)| (label, value)).collect()
}

/// The option of that key.
pub fn find(key: &str) -> Option<&'static OptionDefinition> {
    options().iter().find(|option| option.key == key)
}

/// Place of the option in the table; the end for a key that it lacks.
pub fn place(key: &str) -> usize {
    options().iter().position(|option| option.key == key).unwrap_or(options().len())
}

#[cfg(test)]
mod tests;
