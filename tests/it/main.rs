//! Native tests that look at the library from outside.

mod spec_matches_keras;
mod tidy;

#[cfg(feature = "train")]
mod keras_case;
#[cfg(feature = "train")]
mod model_matches_keras;
#[cfg(feature = "train")]
mod training_learns;
#[cfg(feature = "train")]
mod worker_commands;
