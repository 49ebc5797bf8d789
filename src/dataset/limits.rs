//! How many images an experiment can ask for.

/// Most training images: the training set of CIFAR.
pub const MOST_TRAINING_IMAGES: usize = 50_000;
/// Most held-out images: the test set of CIFAR.
pub const MOST_HELD_OUT_IMAGES: usize = 10_000;
