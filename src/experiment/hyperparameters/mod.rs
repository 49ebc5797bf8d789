//! How a run trains: plain values with the tutorial's defaults.

mod check;
mod early_stopping;
mod error;
pub mod limits;
mod optimizer;
mod options;
mod schedule;
mod steps;
mod values;

pub use early_stopping::Monitoring;
pub use error::HyperparameterError;
pub use optimizer::{OptimizerChoice, OptimizerKind, USUAL_WEIGHT_DECAY};
pub use options::{TRAINING_OPTIONS, TrainingOption, TrainingValue};
pub use schedule::{Epochs, PlaceInRun, Schedule, ScheduleShape};
pub use values::Hyperparameters;
