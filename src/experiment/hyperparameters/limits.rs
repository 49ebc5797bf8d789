//! The limits of each number: checks, links, forms and the command line all read them here.

use std::ops::RangeInclusive;

use super::Hyperparameters;
use crate::dataset::augmentation::{MOST_CROP_PADDING, MOST_CUTOUT, MOST_ROTATION, MOST_SHEAR, MOST_SHIFT, MOST_ZOOM};
use crate::dataset::limits::MOST_TRAINING_IMAGES;
use crate::dataset::whitening::{LEAST_EPSILON, MOST_EPSILON};
use crate::language::format::localised;
use crate::language::{marked, tr};

/// One number among the hyperparameters and the values it may have.
#[derive(Debug)]
pub struct Limit {
    /// Name in a link.
    pub key: &'static str,
    /// Name on the page, in English.
    pub label: &'static str,
    /// Smallest and largest value.
    pub range: RangeInclusive<f64>,
    /// Whether the smallest itself is refused.
    pub is_above: bool,
    /// Whether it is a whole number.
    pub is_whole: bool,
    get: fn(&Hyperparameters) -> f64,
    set: fn(&mut Hyperparameters, f64),
}

type Get = fn(&Hyperparameters) -> f64;
type Set = fn(&mut Hyperparameters, f64);

impl Limit {
    const fn number(key: &'static str, label: &'static str, [lowest, highest]: [f64; 2], get: Get, set: Set) -> Self {
        Self { key, label, range: lowest..=highest, is_above: false, is_whole: false, get, set }
    }

    const fn above(key: &'static str, label: &'static str, [lowest, highest]: [f64; 2], get: Get, set: Set) -> Self {
        Self { key, label, range: lowest..=highest, is_above: true, is_whole: false, get, set }
    }

    const fn whole(key: &'static str, label: &'static str, [lowest, highest]: [f64; 2], get: Get, set: Set) -> Self {
        Self { key, label, range: lowest..=highest, is_above: false, is_whole: true, get, set }
    }

    /// The limit of that key.
    pub fn find(key: &str) -> Option<&'static Self> {
        LIMITS.iter().copied().find(|limit| limit.key == key)
    }

    /// The number among the hyperparameters.
    pub fn of(&self, hyperparameters: &Hyperparameters) -> f64 {
        (self.get)(hyperparameters)
    }

    /// Sets the number, whatever its limits.
    pub fn set(&self, hyperparameters: &mut Hyperparameters, value: f64) {
        (self.set)(hyperparameters, value);
    }

    /// Whether training can use the value; never for NaN.
    pub fn allows(&self, value: f64) -> bool {
        self.range.contains(&value) && !(self.is_above && value == *self.range.start())
    }

    /// The limits of a whole number.
    pub fn whole_range(&self) -> RangeInclusive<usize> {
        *self.range.start() as usize..=*self.range.end() as usize
    }

    /// The limits that a form shows: the smallest of a number above 0 is the smallest that is no zero.
    pub fn shown_range(&self) -> RangeInclusive<f64> {
        if self.is_above { f64::MIN_POSITIVE..=*self.range.end() } else { self.range.clone() }
    }

    /// What it takes, in words: `a whole number from 2 to 512`.
    pub fn wanted(&self) -> String {
        let [lowest, highest] = [self.range.start(), self.range.end()].map(|number| localised(&number.to_string()));
        match (self.is_whole, self.is_above) {
            (true, _) => tr!("a whole number from {lowest} to {highest}", lowest, highest),
            (false, true) => tr!("a number above {lowest} and at most {highest}", lowest, highest),
            (false, false) => tr!("a number from {lowest} to {highest}", lowest, highest),
        }
    }
}

/// Batch norm behind a dense layer needs two images to have a variance; more than 512 do not fit common devices.
pub static BATCH_SIZE: Limit =
    Limit::whole("batch", marked!("Batch size"), [2.0, 512.0], |all| all.batch_size as f64, |all, value| all.batch_size = value as usize);

/// Above 0; far beyond 1 nothing converges.
pub static LEARNING_RATE: Limit =
    Limit::above("rate", marked!("Learning rate"), [0.0, 1.0], |all| all.learning_rate, |all, value| all.learning_rate = value);

/// Passes over the training images.
pub static EPOCHS: Limit =
    Limit::whole("epochs", marked!("Epochs"), [1.0, 1000.0], |all| all.epochs as f64, |all, value| all.epochs = value as usize);

/// Weight of the squared convolution kernels in the loss.
pub static L2: Limit = Limit::number("l2", marked!("L2 penalty"), [0.0, 1.0], |all| all.l2, |all, value| all.l2 = value);

/// Keras' `decay`.
pub static DECAY: Limit =
    Limit::number("decay", marked!("Learning rate decay"), [0.0, 1.0], |all| all.decay, |all, value| all.decay = value);

/// A velocity that ends.
pub static MOMENTUM: Limit =
    Limit::number("momentum", marked!("Momentum"), [0.0, 0.999], |all| all.optimizer.momentum, |all, value| all.optimizer.momentum = value);

/// Share of a kernel that a step of length 1 takes away.
pub static WEIGHT_DECAY: Limit = Limit::number(
    "weight-decay",
    marked!("Weight decay"),
    [0.0, 1.0],
    |all| all.optimizer.weight_decay,
    |all, value| all.optimizer.weight_decay = value,
);

/// Longest that all gradients together may be; 0 for no limit.
pub static CLIP_NORM: Limit = Limit::number(
    "clip",
    marked!("Gradient clipping"),
    [0.0, 1000.0],
    |all| all.optimizer.clip_norm,
    |all, value| all.optimizer.clip_norm = value,
);

/// Share of each label spread over all classes.
pub static LABEL_SMOOTHING: Limit =
    Limit::number("smoothing", marked!("Label smoothing"), [0.0, 0.9], |all| all.label_smoothing, |all, value| all.label_smoothing = value);

/// Shortens steps, but leaves something of them.
pub static DROP_FACTOR: Limit = Limit::number(
    "drop-factor",
    marked!("Drop factor"),
    [0.001, 0.999],
    |all| all.schedule.drop_factor,
    |all, value| all.schedule.drop_factor = value,
);

/// Steps in which the learning rate rises from nothing.
pub static WARM_UP_STEPS: Limit = Limit::whole(
    "warm-up",
    marked!("Warm-up steps"),
    [0.0, 100_000.0],
    |all| all.schedule.warm_up_steps as f64,
    |all, value| all.schedule.warm_up_steps = value as usize,
);

/// Longest patience in epochs: that of the longest run.
pub static PLATEAU_PATIENCE: Limit = Limit::whole(
    "plateau",
    marked!("Plateau patience"),
    [0.0, 1000.0],
    |all| all.schedule.plateau_patience as f64,
    |all, value| all.schedule.plateau_patience = value as usize,
);

/// Shortens steps, but leaves something of them.
pub static PLATEAU_FACTOR: Limit = Limit::number(
    "plateau-factor",
    marked!("Plateau factor"),
    [0.001, 0.999],
    |all| all.schedule.plateau_factor,
    |all, value| all.schedule.plateau_factor = value,
);

/// Training images kept out to validate with.
pub static VALIDATION_IMAGES: Limit = Limit::whole(
    "validation",
    marked!("Validation images"),
    [0.0, MOST_TRAINING_IMAGES as f64],
    |all| all.monitoring.validation_images as f64,
    |all, value| all.monitoring.validation_images = value as usize,
);

/// Longest patience in epochs: that of the longest run.
pub static STOPPING_PATIENCE: Limit = Limit::whole(
    "patience",
    marked!("Early stopping"),
    [0.0, 1000.0],
    |all| all.monitoring.stopping_patience as f64,
    |all, value| all.monitoring.stopping_patience = value as usize,
);

/// What the average of the weights keeps at each step; 0 for none.
pub static AVERAGE_DECAY: Limit = Limit::number(
    "average",
    marked!("Weight average"),
    [0.0, 0.9999],
    |all| all.monitoring.average_decay,
    |all, value| all.monitoring.average_decay = value,
);

/// As a share of the width.
pub static WIDTH_SHIFT: Limit = Limit::number(
    "width-shift",
    marked!("Width shift"),
    [0.0, MOST_SHIFT],
    |all| all.augmentation.width_shift,
    |all, value| all.augmentation.width_shift = value,
);

/// As a share of the height.
pub static HEIGHT_SHIFT: Limit = Limit::number(
    "height-shift",
    marked!("Height shift"),
    [0.0, MOST_SHIFT],
    |all| all.augmentation.height_shift,
    |all, value| all.augmentation.height_shift = value,
);

/// In degrees.
pub static ROTATION: Limit = Limit::number(
    "rotation",
    marked!("Rotation"),
    [0.0, MOST_ROTATION],
    |all| all.augmentation.rotation_degrees,
    |all, value| all.augmentation.rotation_degrees = value,
);

/// As a share of the size.
pub static ZOOM: Limit =
    Limit::number("zoom", marked!("Zoom"), [0.0, MOST_ZOOM], |all| all.augmentation.zoom, |all, value| all.augmentation.zoom = value);

/// In degrees.
pub static SHEAR: Limit = Limit::number(
    "shear",
    marked!("Shear"),
    [0.0, MOST_SHEAR],
    |all| all.augmentation.shear_degrees,
    |all, value| all.augmentation.shear_degrees = value,
);

/// In pixels.
pub static CROP_PADDING: Limit = Limit::whole(
    "crop",
    marked!("Crop padding"),
    [0.0, MOST_CROP_PADDING as f64],
    |all| all.augmentation.crop_padding as f64,
    |all, value| all.augmentation.crop_padding = value as usize,
);

/// Edge in pixels.
pub static CUTOUT: Limit = Limit::whole(
    "cutout",
    marked!("Cutout"),
    [0.0, MOST_CUTOUT as f64],
    |all| all.augmentation.cutout as f64,
    |all, value| all.augmentation.cutout = value as usize,
);

/// Keras' `zca_epsilon`.
pub static WHITENING_EPSILON: Limit = Limit::number(
    "zca-epsilon",
    marked!("Whitening epsilon"),
    [LEAST_EPSILON, MOST_EPSILON],
    |all| all.whitening_epsilon,
    |all, value| all.whitening_epsilon = value,
);

/// All of them.
pub static LIMITS: [&Limit; 24] = [
    &BATCH_SIZE,
    &LEARNING_RATE,
    &EPOCHS,
    &L2,
    &DECAY,
    &MOMENTUM,
    &WEIGHT_DECAY,
    &CLIP_NORM,
    &LABEL_SMOOTHING,
    &DROP_FACTOR,
    &WARM_UP_STEPS,
    &PLATEAU_PATIENCE,
    &PLATEAU_FACTOR,
    &VALIDATION_IMAGES,
    &STOPPING_PATIENCE,
    &AVERAGE_DECAY,
    &WIDTH_SHIFT,
    &HEIGHT_SHIFT,
    &ROTATION,
    &ZOOM,
    &SHEAR,
    &CROP_PADDING,
    &CUTOUT,
    &WHITENING_EPSILON,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_reads_what_it_sets_and_refuses_what_lies_outside() {
        for limit in LIMITS {
            let mut all = Hyperparameters::default();
            limit.set(&mut all, *limit.range.end());
            assert_eq!(limit.of(&all), *limit.range.end(), "{}", limit.key);
            assert!(limit.allows(limit.of(&all)), "{} may be as large as it can be", limit.key);
            assert!(!limit.allows(limit.range.end() * 1.01 + 1.0) && !limit.allows(f64::NAN), "{}", limit.key);
            assert!(limit.allows(limit.of(&Hyperparameters::default())), "{} is usually within its limits", limit.key);
        }
        assert!(!LEARNING_RATE.allows(0.0), "steps without length teach nothing");
    }
}
