//! Choices of training by name, for links, command lines and forms: one table instead of three.

use std::ops::RangeInclusive;

use super::{Epochs, Hyperparameters, OptimizerKind, ScheduleShape};
use crate::dataset::augmentation::{InputNormalisation, MOST_CROP_PADDING, MOST_CUTOUT, MOST_ROTATION, MOST_SHEAR, MOST_SHIFT, MOST_ZOOM};
use crate::dataset::whitening::{LEAST_EPSILON, MOST_EPSILON};
use crate::format::read_decimal;
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
    /// Name on the page.
    pub label: &'static str,
    /// What it does, in one line.
    pub help: &'static str,
    field: Field,
}

/// Where a choice stands among the hyperparameters.
#[derive(Debug)]
enum Field {
    Count(RangeInclusive<usize>, fn(&mut Hyperparameters) -> &mut usize),
    Decimal(RangeInclusive<f64>, fn(&mut Hyperparameters) -> &mut f64),
    Switch(fn(&mut Hyperparameters) -> &mut bool),
    Epochs(fn(&mut Hyperparameters) -> &mut Epochs),
    Word { words: fn() -> Vec<&'static str>, get: fn(&Hyperparameters) -> &'static str, set: fn(&mut Hyperparameters, &str) -> Option<()> },
}

impl TrainingOption {
    /// The option of that key.
    pub fn find(key: &str) -> Option<&'static Self> {
        TRAINING_OPTIONS.iter().find(|option| option.key == key)
    }

    /// What values it takes.
    pub fn kind(&self) -> TrainingValue {
        match &self.field {
            Field::Count(range, _) => TrainingValue::Count(range.clone()),
            Field::Decimal(range, _) => TrainingValue::Decimal(range.clone()),
            Field::Switch(_) => TrainingValue::Switch,
            Field::Epochs(_) => TrainingValue::Epochs,
            Field::Word { words, .. } => TrainingValue::Word(words()),
        }
    }

    /// Its value as text, which [`Self::read`] understands.
    pub fn write(&self, hyperparameters: &Hyperparameters) -> String {
        let mut copy = *hyperparameters;
        match &self.field {
            Field::Count(_, field) => field(&mut copy).to_string(),
            Field::Decimal(_, field) => field(&mut copy).to_string(),
            Field::Switch(field) => if *field(&mut copy) { "on" } else { "off" }.into(),
            Field::Epochs(field) => field(&mut copy).iter().map(|epoch| epoch.to_string()).collect::<Vec<_>>().join("-"),
            Field::Word { get, .. } => get(hyperparameters).into(),
        }
    }

    /// Sets it; `None` when the text is no such value, and then nothing changes. Limits are left to
    /// [`Hyperparameters::check`].
    pub fn read(&self, hyperparameters: &mut Hyperparameters, text: &str) -> Option<()> {
        let text = text.trim();
        match &self.field {
            Field::Count(_, field) => *field(hyperparameters) = text.parse().ok()?,
            Field::Decimal(_, field) => *field(hyperparameters) = read_decimal(text)?,
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
        match self.kind() {
            TrainingValue::Count(range) => format!("a whole number from {} to {}", range.start(), range.end()),
            TrainingValue::Decimal(range) => format!("a number from {} to {}", range.start(), range.end()),
            TrainingValue::Switch => "on or off".into(),
            TrainingValue::Word(words) => words.join(", "),
            TrainingValue::Epochs => "up to four epochs from 1, rising and joined by hyphens, as in 10-50".into(),
        }
    }
}

macro_rules! count {
    ($key:literal, $label:literal, $help:literal, $range:expr, $($field:ident).+) => {
        TrainingOption { key: $key, label: $label, help: $help, field: Field::Count($range, |all| &mut all.$($field).+) }
    };
}

macro_rules! decimal {
    ($key:literal, $label:literal, $help:literal, $range:expr, $($field:ident).+) => {
        TrainingOption { key: $key, label: $label, help: $help, field: Field::Decimal($range, |all| &mut all.$($field).+) }
    };
}

macro_rules! switch {
    ($key:literal, $label:literal, $help:literal, $($field:ident).+) => {
        TrainingOption { key: $key, label: $label, help: $help, field: Field::Switch(|all| &mut all.$($field).+) }
    };
}

macro_rules! word {
    ($key:literal, $label:literal, $help:literal, $type:ty, $($field:ident).+) => {
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

/// Longest patience in epochs: that of the longest run.
const PATIENCE: RangeInclusive<usize> = 0..=1000;
/// What shortens steps, but leaves something of them.
const FACTOR: RangeInclusive<f64> = 0.001..=0.999;

/// All but batch size, learning rate, epochs, images, L2, decay and seed, in the order in which a link writes them.
pub static TRAINING_OPTIONS: &[TrainingOption] = &[
    word!("optimizer", "Optimizer", "Rule that turns gradients into steps", OptimizerKind, optimizer.kind),
    decimal!("momentum", "Momentum", "Share of its velocity that SGD keeps from step to step", 0.0..=0.999, optimizer.momentum),
    switch!("nesterov", "Nesterov", "SGD looks ahead along its velocity", optimizer.nesterov),
    decimal!("weight-decay", "Weight decay", "Share of every kernel that a step of length 1 takes away", 0.0..=1.0, optimizer.weight_decay),
    decimal!("clip", "Gradient clipping", "Longest that all gradients together may be; 0 for no limit", 0.0..=1000.0, optimizer.clip_norm),
    decimal!("smoothing", "Label smoothing", "Share of each label spread over all classes", 0.0..=0.9, label_smoothing),
    word!("schedule", "Schedule", "How the step length goes on", ScheduleShape, schedule.shape),
    TrainingOption {
        key: "drops",
        label: "Drops",
        help: "Epochs after which the step schedule shortens steps",
        field: Field::Epochs(|all| &mut all.schedule.drop_epochs),
    },
    decimal!("drop-factor", "Drop factor", "What the step schedule multiplies the step length by", FACTOR, schedule.drop_factor),
    count!("warm-up", "Warm-up steps", "First steps, in which the step length rises from nothing", 0..=100_000, schedule.warm_up_steps),
    count!(
        "plateau",
        "Plateau patience",
        "Epochs without a lower validation loss before steps get shorter; 0 for never",
        PATIENCE,
        schedule.plateau_patience
    ),
    decimal!("plateau-factor", "Plateau factor", "What steps are multiplied by then", FACTOR, schedule.plateau_factor),
    count!(
        "validation",
        "Validation images",
        "Training images that are kept out and measured after each epoch",
        0..=50_000,
        watching.validation_images
    ),
    count!(
        "patience",
        "Early stopping patience",
        "Epochs without a lower validation loss before the run ends; 0 for never",
        PATIENCE,
        watching.stopping_patience
    ),
    decimal!(
        "average",
        "Weight averaging",
        "What the average of the weights keeps at each step; 0 for none",
        0.0..=0.9999,
        watching.average_decay
    ),
    switch!("flip", "Flip", "Half of the training images are mirrored", augmentation.flip),
    decimal!("width-shift", "Width shift", "Furthest shift sideways, as a share of the width", 0.0..=MOST_SHIFT, augmentation.width_shift),
    decimal!(
        "height-shift",
        "Height shift",
        "Furthest shift up or down, as a share of the height",
        0.0..=MOST_SHIFT,
        augmentation.height_shift
    ),
    decimal!("rotation", "Rotation", "Largest rotation in degrees, either way", 0.0..=MOST_ROTATION, augmentation.rotation_degrees),
    decimal!("zoom", "Zoom", "How far height and width are scaled, each by its own factor", 0.0..=MOST_ZOOM, augmentation.zoom),
    decimal!("shear", "Shear", "Largest shear in degrees, either way", 0.0..=MOST_SHEAR, augmentation.shear_degrees),
    count!("crop", "Crop padding", "Pixels of padding before a crop to the old size", 0..=MOST_CROP_PADDING, augmentation.crop_padding),
    count!("cutout", "Cutout", "Edge in pixels of a square that is blotted out", 0..=MOST_CUTOUT, augmentation.cutout),
    word!(
        "normalise",
        "Normalisation",
        "By whose mean and deviation images are normalised; zca whitens them too",
        InputNormalisation,
        normalisation
    ),
    decimal!(
        "zca-epsilon",
        "Whitening epsilon",
        "What zca adds to each variance: the more, the more of an image stays as it is",
        LEAST_EPSILON..=MOST_EPSILON,
        whitening_epsilon
    ),
];

/// The options that are not as usual, as a link has them: `optimizer=sgd&flip=on`.
pub fn write_choices(hyperparameters: &Hyperparameters) -> String {
    let usual = Hyperparameters::default();
    let choices = TRAINING_OPTIONS.iter().map(|option| (option, option.write(hyperparameters)));
    let unusual = choices.filter(|(option, value)| *value != option.write(&usual));
    unusual.map(|(option, value)| format!("{}={value}", option.key)).collect::<Vec<_>>().join("&")
}

/// Sets all options as [`write_choices`] wrote them; what is not there, or cannot be read, is as usual.
pub fn read_choices(hyperparameters: &mut Hyperparameters, text: &str) {
    let usual = Hyperparameters::default();
    let values: Vec<_> = text.split('&').filter_map(|choice| choice.split_once('=')).collect();
    for option in TRAINING_OPTIONS {
        let given = values.iter().find(|(key, _)| *key == option.key).and_then(|(_, value)| option.read(hyperparameters, value));
        if given.is_none() {
            // Its own text is always read.
            let _ = option.read(hyperparameters, &option.write(&usual));
        }
    }
}

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
            assert_ne!(option.write(&unusual), value, "{} has another usual value", option.key);
            assert_eq!(option.read(&mut unusual, value), Some(()), "{} reads {value}", option.key);
            assert_eq!(option.write(&unusual), value, "{}", option.key);
            let before = unusual;
            assert_eq!(option.read(&mut unusual, "nonsense"), None, "{}", option.key);
            assert_eq!(unusual, before, "a refused text changes nothing");
        }
        assert_eq!(unusual.check(), Ok(()), "all of it together can be trained");
        let mut copy = Hyperparameters { label_smoothing: 0.7, ..Default::default() };
        read_choices(&mut copy, &write_choices(&unusual));
        assert_eq!(copy, unusual, "from {}", write_choices(&unusual));
        read_choices(&mut copy, "optimizer=none&nothing");
        assert_eq!(copy, Hyperparameters::default(), "what is not there is as usual");
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
            assert_eq!(option.read(&mut broken, &beyond), Some(()), "{} reads {beyond}", option.key);
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
