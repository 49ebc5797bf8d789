//! The controls of the experiment, one file each kind.

mod class_chips;
mod device_radios;
mod network_options;
mod number_field;
mod settings;
mod skip_switch;

pub use class_chips::ClassChips;
pub use device_radios::DeviceRadios;
pub use network_options::NetworkOptions;
pub use number_field::NumberField;
pub use settings::{
    BATCH_SIZE, DECAY, DEPTH, DEPTH_STEPS, EPOCHS, FILTER_STEPS, HELD_OUT_IMAGES, L2, LEARNING_RATE, SEED, START_FILTERS, TRAINING_IMAGES,
};
pub use skip_switch::SkipSwitch;
