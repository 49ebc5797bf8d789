//! The controls of the experiment, one file each kind.

pub mod class_chips;
pub mod device_radios;
pub mod network_options;
mod number_field;
mod option_fields;
pub mod recipes;
mod settings;
pub mod skip_switch;
pub mod training_options;

pub use number_field::{FieldWords, NumberSetting, number_field, number_fields};
pub use settings::{BATCH_SIZE, DECAY, DEPTH, EPOCHS, HELD_OUT_IMAGES, L2, LEARNING_RATE, SEED, START_FILTERS, TRAINING_IMAGES};
