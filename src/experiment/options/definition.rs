//! One option of an experiment.

use std::ops::RangeInclusive;

use thiserror::Error;

use crate::experiment::Experiment;
use crate::experiment::hyperparameters::limits::Limit;
use crate::experiment::hyperparameters::{TrainingOption, TrainingValue};
use crate::language::format::localised;
use crate::language::{text, tr, translated};
use crate::spec::{self, NetworkOption};

use super::{Choice, OptionGroup, applies};

/// What values an option takes.
#[derive(Debug, Clone, PartialEq)]
pub enum OptionKind {
    /// A whole number.
    Whole(RangeInclusive<u64>),
    /// A number.
    Number(RangeInclusive<f64>),
    /// `on` or `off`.
    Switch,
    /// One of some words.
    Choice(Vec<Choice>),
    /// Values joined by hyphens, or a name; in words, what it takes.
    Text(&'static str),
}

impl OptionKind {
    /// A whole number in these limits.
    pub(super) fn whole(range: RangeInclusive<usize>) -> Self {
        Self::Whole(*range.start() as u64..=*range.end() as u64)
    }

    /// A number in these limits.
    pub(super) fn of(limit: &Limit) -> Self {
        if limit.is_whole { Self::whole(limit.whole_range()) } else { Self::Number(limit.shown_range()) }
    }

    /// What it takes, in words.
    fn wanted(&self) -> String {
        match self {
            Self::Whole(range) => tr!("a whole number from {lowest} to {highest}", lowest = range.start(), highest = range.end()),
            Self::Number(range) => {
                let [lowest, highest] = [range.start(), range.end()].map(|number| localised(&number.to_string()));
                // Nobody reads three hundred zeros.
                if *range.start() == f64::MIN_POSITIVE {
                    tr!("a number above {lowest} and at most {highest}", lowest = 0, highest)
                } else {
                    tr!("a number from {lowest} to {highest}", lowest, highest)
                }
            }
            Self::Switch => text!("on or off").into(),
            Self::Choice(choices) => choices.iter().map(|choice| choice.value).collect::<Vec<_>>().join(", "),
            Self::Text(wanted) => (*wanted).into(),
        }
    }
}

/// A text that is no value of its option.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", tr!("{label} is {wanted}", label = translated(label), wanted))]
pub struct UnusableText {
    /// Name of the option, in English.
    pub label: &'static str,
    /// What it takes, in words.
    pub wanted: String,
}

/// An option: how it is called, what it takes, and where it stands in an [`Experiment`].
#[derive(Debug)]
pub struct OptionDefinition {
    /// Its key in a link.
    pub key: &'static str,
    /// Its name on the page, in English: shown [translated].
    pub label: &'static str,
    /// What it does, in one sentence, in English: shown [translated].
    pub help: &'static str,
    /// Where the sheet with all settings shows it.
    pub group: OptionGroup,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Network(&'static NetworkOption),
    Training(&'static TrainingOption),
    Own(Own),
}

/// An option that neither the network's nor the training's table has.
#[derive(Debug)]
pub(super) struct Own {
    pub kind: fn() -> OptionKind,
    pub text: fn(&Experiment) -> String,
    /// `None` when the text is no value; then nothing changes.
    pub set: fn(&mut Experiment, &str) -> Option<()>,
}

impl OptionDefinition {
    pub(super) fn of_network(option: &'static NetworkOption) -> Self {
        let NetworkOption { key, label, help, .. } = option;
        Self { key, label, help, group: OptionGroup::Network, source: Source::Network(option) }
    }

    pub(super) fn of_training(option: &'static TrainingOption) -> Self {
        let TrainingOption { key, label, help, .. } = option;
        Self { key, label, help, group: OptionGroup::of_training(key), source: Source::Training(option) }
    }

    pub(super) fn own(key: &'static str, label: &'static str, help: &'static str, group: OptionGroup, own: Own) -> Self {
        Self { key, label, help, group, source: Source::Own(own) }
    }

    /// What values it takes.
    pub fn kind(&self) -> OptionKind {
        let words = |words: Vec<&'static str>| OptionKind::Choice(words.into_iter().map(Choice::of).collect());
        match &self.source {
            Source::Network(option) => match option.kind() {
                spec::OptionKind::Count(range) => OptionKind::whole(range),
                spec::OptionKind::Share => OptionKind::Number(spec::DROPOUT),
                spec::OptionKind::Switch => OptionKind::Switch,
                spec::OptionKind::Word(names) => words(names),
                spec::OptionKind::Blocks => OptionKind::Text(text!("blocks as stage.block from 0, joined by hyphens, as in 0.1-2.0")),
                spec::OptionKind::CountOfEachStage => {
                    OptionKind::Text(text!("a number for each stage joined by hyphens, as in 3-4-2, or equal"))
                }
            },
            Source::Training(option) => match option.kind() {
                TrainingValue::Count(range) => OptionKind::whole(range),
                TrainingValue::Decimal(range) => OptionKind::Number(range),
                TrainingValue::Switch => OptionKind::Switch,
                TrainingValue::Word(names) => words(names),
                TrainingValue::Epochs => OptionKind::Text(text!("up to four epochs from 1, rising and joined by hyphens, as in 10-50")),
            },
            Source::Own(own) => (own.kind)(),
        }
    }

    /// Its value as text, which [`Self::set`] understands.
    pub fn text(&self, experiment: &Experiment) -> String {
        match &self.source {
            Source::Network(option) => option.text(&experiment.network),
            Source::Training(option) => option.text(&experiment.hyperparameters),
            Source::Own(own) => (own.text)(experiment),
        }
    }

    /// The same for people: nothing at all is the usual.
    pub fn readable(&self, experiment: &Experiment) -> String {
        self.value_or(experiment, text!("as usual"))
    }

    /// Its value, and other words for nothing at all.
    pub(super) fn value_or(&self, experiment: &Experiment, nothing: &str) -> String {
        let value = self.text(experiment);
        if value.is_empty() { nothing.into() } else { value }
    }

    /// Sets it. Limits are left to [`crate::experiment::validation`], which knows how options depend on each other.
    ///
    /// # Errors
    /// When the text is no such value; then nothing changes.
    pub fn set(&self, experiment: &mut Experiment, text: &str) -> Result<(), UnusableText> {
        let text = text.trim();
        let done = match &self.source {
            Source::Network(option) => option.set(&mut experiment.network, text),
            Source::Training(option) => option.set(&mut experiment.hyperparameters, text),
            Source::Own(own) => (own.set)(experiment, text),
        };
        done.ok_or_else(|| UnusableText { label: self.label, wanted: self.wanted() })
    }

    /// What it takes, in words.
    pub fn wanted(&self) -> String {
        match &self.source {
            Source::Network(option) => option.wanted(),
            Source::Training(option) => option.wanted(),
            Source::Own(own) => (own.kind)().wanted(),
        }
    }

    /// Whether changing it could change a run of the experiment.
    pub fn applies(&self, experiment: &Experiment) -> bool {
        applies::applies(self.key, experiment)
    }
}
