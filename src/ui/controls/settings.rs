//! The numbers of the experiment: names, meanings, steps.

use crate::settings::Setting;
use crate::spec;

use super::{NumberSetting, Steps};

/// Layers of the network.
pub static DEPTH: NumberSetting<usize> = NumberSetting {
    setting: Setting::Depth,
    id: "depth",
    label: "Depth",
    help: "Layers counted as in the papers: three stages of n blocks with three convolutions each, plus the stem and the last dense layer, 9n + 2",
    get: |experiment| experiment.network.depth,
    set: |experiment, depth| experiment.network.depth = depth,
};

/// One block more or fewer in each stage.
pub static DEPTH_STEPS: Steps<usize> = Steps {
    names: ["Shallower", "Deeper"],
    down: |depth| {
        let (below, _) = spec::Depth::around(depth);
        if below.layers() < depth { Some(below.layers()) } else { below.shallower().map(spec::Depth::layers) }
    },
    up: |depth| {
        let (_, above) = spec::Depth::around(depth);
        if above.layers() > depth { Some(above.layers()) } else { above.deeper().map(spec::Depth::layers) }
    },
};

/// Filters of the stem.
pub static START_FILTERS: NumberSetting<usize> = NumberSetting {
    setting: Setting::StartFilters,
    id: "start-filters",
    label: "Start filters",
    help: "Filters of the first convolution; every later width is a multiple of it",
    get: |experiment| experiment.network.start_filters,
    set: |experiment, filters| experiment.network.start_filters = filters,
};

/// To the next power of two.
pub static FILTER_STEPS: Steps<usize> = Steps {
    names: ["Narrower", "Wider"],
    down: |filters| {
        let half = filters.saturating_sub(1).checked_ilog2().map(|exponent| 1 << exponent)?;
        spec::START_FILTERS.contains(&half).then_some(half)
    },
    up: |filters| {
        let next = filters.saturating_add(1).checked_next_power_of_two()?;
        spec::START_FILTERS.contains(&next).then_some(next)
    },
};

/// Images to learn from.
pub static TRAINING_IMAGES: NumberSetting<usize> = NumberSetting {
    setting: Setting::TrainingImages,
    id: "training-images",
    label: "Training images",
    help: "Images the network learns from, drawn evenly from the classes by seed",
    get: |experiment| experiment.hyperparameters.training_images,
    set: |experiment, images| experiment.hyperparameters.training_images = images,
};

/// Images to measure with.
pub static HELD_OUT_IMAGES: NumberSetting<usize> = NumberSetting {
    setting: Setting::HeldOutImages,
    id: "held-out-images",
    label: "Held-out images",
    help: "Images the network never learns from: after every epoch its accuracy is measured on them",
    get: |experiment| experiment.hyperparameters.held_out_images,
    set: |experiment, images| experiment.hyperparameters.held_out_images = images,
};

/// Images in a step.
pub static BATCH_SIZE: NumberSetting<usize> = NumberSetting {
    setting: Setting::BatchSize,
    id: "batch-size",
    label: "Batch size",
    help: "Images in one training step: more take more memory and give a smoother gradient",
    get: |experiment| experiment.hyperparameters.batch_size,
    set: |experiment, size| experiment.hyperparameters.batch_size = size,
};

/// Step length of the optimizer.
pub static LEARNING_RATE: NumberSetting<f64> = NumberSetting {
    setting: Setting::LearningRate,
    id: "learning-rate",
    label: "Learning rate",
    help: "Step length of the optimizer, Adam with AMSGrad",
    get: |experiment| experiment.hyperparameters.learning_rate,
    set: |experiment, rate| experiment.hyperparameters.learning_rate = rate,
};

/// Passes over the training images.
pub static EPOCHS: NumberSetting<usize> = NumberSetting {
    setting: Setting::Epochs,
    id: "epochs",
    label: "Epochs",
    help: "Passes over all training images",
    get: |experiment| experiment.hyperparameters.epochs,
    set: |experiment, epochs| experiment.hyperparameters.epochs = epochs,
};

/// Start of the random streams.
pub static SEED: NumberSetting<u64> = NumberSetting {
    setting: Setting::Seed,
    id: "seed",
    label: "Seed",
    help: "Start of everything random: weights, choice and order of images, dropout. The same seed gives the same run",
    get: |experiment| experiment.hyperparameters.seed,
    set: |experiment, seed| experiment.hyperparameters.seed = seed,
};

/// Weight of the squared kernels in the loss.
pub static L2: NumberSetting<f64> = NumberSetting {
    setting: Setting::L2,
    id: "l2",
    label: "L2 penalty",
    help: "Weight of the squared convolution kernels in the loss: keeps weights small",
    get: |experiment| experiment.hyperparameters.l2,
    set: |experiment, l2| experiment.hyperparameters.l2 = l2,
};
