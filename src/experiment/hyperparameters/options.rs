//! Choices of training by name, for links, command lines and forms: one table instead of three.

use std::ops::RangeInclusive;

use super::limits::{
    AVERAGE_DECAY, CLIP_NORM, CROP_PADDING, CUTOUT, DROP_FACTOR, HEIGHT_SHIFT, LABEL_SMOOTHING, Limit, MOMENTUM, PLATEAU_FACTOR,
    PLATEAU_PATIENCE, ROTATION, SHEAR, STOPPING_PATIENCE, VALIDATION_IMAGES, WARM_UP_STEPS, WEIGHT_DECAY, WHITENING_EPSILON, WIDTH_SHIFT,
    ZOOM,
};
use super::{Epochs, Hyperparameters, OptimizerKind, ScheduleShape};
use crate::dataset::augmentation::InputNormalisation;
use crate::language::format::{read_decimal, shortest_decimal};
use crate::language::{marked, text};
use crate::spec::Named;

/// What values an option takes.
#[derive(Debug, Clone, PartialEq)]
pub enum TrainingValue {
    /// A whole number.
    Count(RangeInclusive<usize>),
    /// A number.
    Decimal(RangeInclusive<f64>),
    /// `on` or `off`.
    Switch,
    /// One of these words.
    Word(Vec<&'static str>),
    /// Up to four epochs, rising, joined by hyphens.
    Epochs,
}

/// One choice of training, reachable by its name.
#[derive(Debug)]
pub struct TrainingOption {
    /// Name in a link, and on a command line after `--`.
    pub key: &'static str,
    /// Name on the page, in English.
    pub label: &'static str,
    /// What it does, in one line, in English.
    pub help: &'static str,
    field: Field,
}

/// Where a choice stands among the hyperparameters.
#[derive(Debug)]
enum Field {
    /// With its limits, which know where it stands.
    Number(&'static Limit),
    Switch(fn(&mut Hyperparameters) -> &mut bool),
    Epochs(fn(&mut Hyperparameters) -> &mut Epochs),
    Word {
        words: fn() -> Vec<&'static str>,
        get: fn(&Hyperparameters) -> &'static str,
        set: fn(&mut Hyperparameters, &str) -> Option<()>,
    },
}

impl TrainingOption {
    /// The option of that key.
    pub fn find(key: &str) -> Option<&'static Self> {
        TRAINING_OPTIONS.iter().find(|option| option.key == key)
    }

    /// What values it takes.
    pub fn kind(&self) -> TrainingValue {
        match &self.field {
            Field::Number(limit) if limit.is_whole => TrainingValue::Count(limit.whole_range()),
            Field::Number(limit) => TrainingValue::Decimal(limit.range.clone()),
            Field::Switch(_) => TrainingValue::Switch,
            Field::Epochs(_) => TrainingValue::Epochs,
            Field::Word { words, .. } => TrainingValue::Word(words()),
        }
    }

    /// Its value as text, which [`Self::set`] understands.
    pub fn text(&self, hyperparameters: &Hyperparameters) -> String {
        let mut copy = *hyperparameters;
        match &self.field {
            Field::Number(limit) if limit.is_whole => limit.of(hyperparameters).to_string(),
            Field::Number(limit) => shortest_decimal(limit.of(hyperparameters)),
            Field::Switch(field) => if *field(&mut copy) { "on" } else { "off" }.into(),
            Field::Epochs(field) => field(&mut copy).iter().map(|epoch| epoch.to_string()).collect::<Vec<_>>().join("-"),
            Field::Word { get, .. } => get(hyperparameters).into(),
        }
    }

    /// Sets it; `None` when the text is no such value, and then nothing changes. Limits are left to
    /// [`Hyperparameters::check`].
    pub fn set(&self, hyperparameters: &mut Hyperparameters, text: &str) -> Option<()> {
        let text = text.trim();
        match &self.field {
            Field::Number(limit) if limit.is_whole => limit.set(hyperparameters, text.parse::<usize>().ok()? as f64),
            Field::Number(limit) => limit.set(hyperparameters, read_decimal(text)?),
            Field::Switch(field) => {
                *field(hyperparameters) = match text {
                    "on" | "true" | "1" => true,
                    "off" | "false" | "0" => false,
                    _ => return None,
                }
            }
            Field::Epochs(field) => {
                let epochs: Vec<u16> = text.split('-').map(|epoch| epoch.parse().ok()).collect::<Option<_>>()?;
                *field(hyperparameters) = Epochs::new(&epochs)?;
            }
            Field::Word { set, .. } => return set(hyperparameters, text),
        }
        Some(())
    }

    /// What it takes, in words.
    pub fn wanted(&self) -> String {
        match &self.field {
            Field::Number(limit) => limit.wanted(),
            Field::Switch(_) => text!("on or off").into(),
            Field::Word { words, .. } => words().join(", "),
            Field::Epochs(_) => text!("up to four epochs from 1, rising and joined by hyphens, as in 10-50").into(),
        }
    }
}

/// A numeric option. Key and label are those of its limit.
macro_rules! number {
    ($limit:ident, $help:expr) => {
        TrainingOption { key: $limit.key, label: $limit.label, help: $help, field: Field::Number(&$limit) }
    };
}

macro_rules! switch {
    ($key:literal, $label:expr, $help:expr, $($field:ident).+) => {
        TrainingOption { key: $key, label: $label, help: $help, field: Field::Switch(|all| &mut all.$($field).+) }
    };
}

macro_rules! word {
    ($key:literal, $label:expr, $help:expr, $type:ty, $($field:ident).+) => {
        TrainingOption {
            key: $key,
            label: $label,
            help: $help,
            field: Field::Word {
                words: || <$type>::ALL.iter().map(|value| value.name()).collect(),
                get: |all| all.$($field).+.name(),
                set: |all, text| <$type>::from_name(text).map(|value| all.$($field).+ = value),
            },
        }
    };
}

/// All but batch size, learning rate, epochs, images, L2, decay and seed, in the order in which a link writes them.
pub static TRAINING_OPTIONS: &[TrainingOption] = &[
    word!("optimizer", marked!("Optimizer"), marked!("How weights follow their gradients."), OptimizerKind, optimizer.kind),
    number!(MOMENTUM, marked!("Share of its velocity that SGD keeps from step to step.")),
    switch!("nesterov", marked!("Nesterov"), marked!("SGD looks ahead along its velocity."), optimizer.nesterov),
    number!(WEIGHT_DECAY, marked!("Pulls kernels towards zero, decoupled from the gradient (Loshchilov & Hutter 2019).")),
    number!(CLIP_NORM, marked!("Largest norm of the whole gradient. 0 is no limit.")),
    number!(LABEL_SMOOTHING, marked!("Share of each label that is spread over all classes.")),
    word!("schedule", marked!("Schedule"), marked!("How the learning rate changes over the run."), ScheduleShape, schedule.shape),
    TrainingOption {
        key: "drops",
        label: marked!("Drops"),
        help: marked!("Epochs after which the step schedule lowers the learning rate, joined by hyphens."),
        field: Field::Epochs(|all| &mut all.schedule.drop_epochs),
    },
    number!(DROP_FACTOR, marked!("What the learning rate is multiplied by at each drop.")),
    number!(WARM_UP_STEPS, marked!("First steps, in which the learning rate rises from zero.")),
    number!(PLATEAU_PATIENCE, marked!("Epochs without a lower validation loss before the learning rate is lowered. 0 is never.")),
    number!(PLATEAU_FACTOR, marked!("What the learning rate is multiplied by on a plateau.")),
    number!(VALIDATION_IMAGES, marked!("Training images that are kept out of training and measured after each epoch.")),
    number!(STOPPING_PATIENCE, marked!("Ends the run when the validation loss has not fallen for so many epochs. 0 is never.")),
    number!(AVERAGE_DECAY, marked!("Share that the moving average of the weights keeps at each step. 0 is no average.")),
    switch!("flip", marked!("Flip"), marked!("Shows half of the training images mirrored."), augmentation.flip),
    number!(WIDTH_SHIFT, marked!("Largest shift sideways, as a share of the width.")),
    number!(HEIGHT_SHIFT, marked!("Largest shift up or down, as a share of the height.")),
    number!(ROTATION, marked!("Largest rotation in degrees, either way.")),
    number!(ZOOM, marked!("How far height and width are scaled, each by its own factor.")),
    number!(SHEAR, marked!("Largest shear in degrees, either way.")),
    number!(CROP_PADDING, marked!("Pixels of padding before a random crop to the old size.")),
    number!(CUTOUT, marked!("Edge in pixels of a random square that is blotted out.")),
    word!(
        "normalise",
        marked!("Normalisation"),
        marked!("By whose mean and deviation images are normalised. ZCA whitens them too."),
        InputNormalisation,
        normalisation
    ),
    number!(WHITENING_EPSILON, marked!("What ZCA adds to each variance. The more, the more of an image stays as it is.")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let mut unusual = Hyperparameters::default();
        let values = ["sgd", "0.5", "on", "0.0005", "1", "0.1", "one-cycle", "3-7-9", "0.2", "12", "4", "0.5", "50", "6", "0.99", "on"];
        let values = values.into_iter().chain(["0.1", "0.05", "15", "0.2", "10", "4", "8", "centre", "0.02"]);
        assert_eq!(values.clone().count(), TRAINING_OPTIONS.len(), "one for each option");
        for (option, value) in TRAINING_OPTIONS.iter().zip(values) {
            assert_ne!(option.text(&unusual), value, "{} has another usual value", option.key);
            assert_eq!(option.set(&mut unusual, value), Some(()), "{} reads {value}", option.key);
            assert_eq!(option.text(&unusual), value, "{}", option.key);
            let before = unusual;
            assert_eq!(option.set(&mut unusual, "nonsense"), None, "{}", option.key);
            assert_eq!(unusual, before, "a refused text changes nothing");
        }
        assert_eq!(unusual.check(), Ok(()), "all of it together can be trained");
    }

    #[test]
    fn every_key_is_there_once() {
        for (place, option) in TRAINING_OPTIONS.iter().enumerate() {
            assert!(TRAINING_OPTIONS.iter().skip(place + 1).all(|other| other.key != option.key), "{}", option.key);
            assert!(crate::spec::NetworkOption::find(option.key).is_none(), "{} is no option of the network", option.key);
        }
    }

    #[test]
    fn numbers_beyond_their_limits_are_refused_in_a_sentence() {
        for option in TRAINING_OPTIONS {
            let beyond = match option.kind() {
                TrainingValue::Count(range) => (range.end() + 1).to_string(),
                TrainingValue::Decimal(range) => (range.end() * 1.01).to_string(),
                _ => continue,
            };
            let mut broken = Hyperparameters { training_images: usize::MAX, ..Default::default() };
            assert_eq!(option.set(&mut broken, &beyond), Some(()), "{} reads {beyond}", option.key);
            let sentence = broken.check().unwrap_err().to_string();
            assert!(sentence.contains(option.label) && sentence.contains(&beyond), "{}: {sentence}", option.key);
        }
        let broken = Hyperparameters { label_smoothing: f64::NAN, ..Default::default() };
        assert_eq!(
            broken.check().unwrap_err().to_string(),
            "Label smoothing is a number from 0 to 0.9, not NaN",
            "NaN compares false with all"
        );
    }
}
