//! The numbers of the experiment: names, meanings, steps.

use std::str::FromStr;

use crate::experiment::validation::Setting;
use crate::format::read_decimal;
use crate::spec;

use super::number_field::{Kind, NumberSetting, Steps};

/// Layers of the network.
pub static DEPTH: NumberSetting = NumberSetting {
    setting: Setting::Depth,
    id: "depth",
    label: "Depth",
    help: "Layers counted as in the papers: three stages of n blocks with three convolutions each, plus the stem and the last dense layer, 9n + 2",
    kind: Kind::Whole,
    write: |experiment| experiment.network.depth.to_string(),
    read: |experiment, text| whole(text).map(|layers| experiment.network.set_depth(layers)),
    // One block more or fewer in each stage.
    steps: Some(Steps {
        names: ["Shallower", "Deeper"],
        down: |experiment| {
            let depth = experiment.network.depth;
            let (below, _) = experiment.network.depth_rule().around(depth);
            if below.layers() < depth { Some(below.layers()) } else { below.shallower().map(spec::Depth::layers) }
        },
        up: |experiment| {
            let depth = experiment.network.depth;
            let (_, above) = experiment.network.depth_rule().around(depth);
            if above.layers() > depth { Some(above.layers()) } else { above.deeper().map(spec::Depth::layers) }
        },
    }),
};

/// Filters of the stem.
pub static START_FILTERS: NumberSetting = NumberSetting {
    setting: Setting::StartFilters,
    id: "start-filters",
    label: "Start filters",
    help: "Filters of the first convolution; every later width is a multiple of it",
    kind: Kind::Whole,
    write: |experiment| experiment.network.start_filters.to_string(),
    read: |experiment, text| whole(text).map(|number| experiment.network.start_filters = number),
    // To the next power of two.
    steps: Some(Steps {
        names: ["Narrower", "Wider"],
        down: |experiment| {
            let half = experiment.network.start_filters.saturating_sub(1).checked_ilog2().map(|exponent| 1 << exponent)?;
            spec::START_FILTERS.contains(&half).then_some(half)
        },
        up: |experiment| {
            let next = experiment.network.start_filters.saturating_add(1).checked_next_power_of_two()?;
            spec::START_FILTERS.contains(&next).then_some(next)
        },
    }),
};

/// Images to learn from.
pub static TRAINING_IMAGES: NumberSetting = NumberSetting {
    setting: Setting::TrainingImages,
    id: "training-images",
    label: "Training images",
    help: "Images the network learns from, drawn evenly from the classes by seed",
    kind: Kind::Whole,
    write: |experiment| experiment.hyperparameters.training_images.to_string(),
    read: |experiment, text| whole(text).map(|number| experiment.hyperparameters.training_images = number),
    steps: None,
};

/// Images to measure with.
pub static HELD_OUT_IMAGES: NumberSetting = NumberSetting {
    setting: Setting::HeldOutImages,
    id: "held-out-images",
    label: "Held-out images",
    help: "Images the network never learns from: after every epoch its accuracy is measured on them",
    kind: Kind::Whole,
    write: |experiment| experiment.hyperparameters.held_out_images.to_string(),
    read: |experiment, text| whole(text).map(|number| experiment.hyperparameters.held_out_images = number),
    steps: None,
};

/// Images in a step.
pub static BATCH_SIZE: NumberSetting = NumberSetting {
    setting: Setting::BatchSize,
    id: "batch-size",
    label: "Batch size",
    help: "Images in one training step: more take more memory and give a smoother gradient",
    kind: Kind::Whole,
    write: |experiment| experiment.hyperparameters.batch_size.to_string(),
    read: |experiment, text| whole(text).map(|number| experiment.hyperparameters.batch_size = number),
    steps: None,
};

/// Step length of the optimizer.
pub static LEARNING_RATE: NumberSetting = NumberSetting {
    setting: Setting::LearningRate,
    id: "learning-rate",
    label: "Learning rate",
    help: "Step length of the optimizer",
    kind: Kind::Decimal,
    write: |experiment| experiment.hyperparameters.learning_rate.to_string(),
    read: |experiment, text| decimal(text).map(|number| experiment.hyperparameters.learning_rate = number),
    steps: None,
};

/// Passes over the training images.
pub static EPOCHS: NumberSetting = NumberSetting {
    setting: Setting::Epochs,
    id: "epochs",
    label: "Epochs",
    help: "Passes over all training images",
    kind: Kind::Whole,
    write: |experiment| experiment.hyperparameters.epochs.to_string(),
    read: |experiment, text| whole(text).map(|number| experiment.hyperparameters.epochs = number),
    steps: None,
};

/// Start of the random streams.
pub static SEED: NumberSetting = NumberSetting {
    setting: Setting::Seed,
    id: "seed",
    label: "Seed",
    help: "Start of everything random: weights, choice and order of images, dropout. The same seed gives the same run",
    kind: Kind::Whole,
    write: |experiment| experiment.hyperparameters.seed.to_string(),
    read: |experiment, text| whole(text).map(|number| experiment.hyperparameters.seed = number),
    steps: None,
};

/// Weight of the squared kernels in the loss.
pub static L2: NumberSetting = NumberSetting {
    setting: Setting::L2,
    id: "l2",
    label: "L2 penalty",
    help: "Weight of the squared convolution kernels in the loss: keeps weights small",
    kind: Kind::Decimal,
    write: |experiment| experiment.hyperparameters.l2.to_string(),
    read: |experiment, text| decimal(text).map(|number| experiment.hyperparameters.l2 = number),
    steps: None,
};

/// How fast steps shorten.
pub static DECAY: NumberSetting = NumberSetting {
    setting: Setting::Decay,
    id: "decay",
    label: "Decay",
    help: "Step t is the learning rate divided by 1 + decay × t long; 0 keeps all steps alike",
    kind: Kind::Decimal,
    write: |experiment| experiment.hyperparameters.decay.to_string(),
    read: |experiment, text| decimal(text).map(|number| experiment.hyperparameters.decay = number),
    steps: None,
};

/// A whole number, with or without its thousands apart.
fn whole<T: FromStr>(text: &str) -> Option<T> {
    text.chars().filter(|letter| !matches!(letter, ' ' | ',' | '_' | '\u{202f}')).collect::<String>().parse().ok()
}

/// A decimal, with a point or a comma.
fn decimal(text: &str) -> Option<f64> {
    read_decimal(&text.trim().replace(',', "."))
}
