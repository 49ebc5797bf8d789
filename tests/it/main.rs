//! Native tests that look at the library from outside.

#![expect(clippy::expect_used, reason = "a test that cannot go on should say why and stop")]

mod fuzz_corpus;
mod import_graph;
mod languages;
mod message_texts;
mod rust_tokens;
mod saved_pictures;
mod spec_matches_keras;
mod static_frame;
mod tidy;

#[cfg(feature = "train")]
mod arriving_images;
#[cfg(feature = "train")]
mod explained_gap;
#[cfg(feature = "train")]
mod image_looks;
#[cfg(feature = "train")]
mod incomplete_batches;
#[cfg(feature = "train")]
mod layer_gradients;
#[cfg(feature = "train")]
mod lesions;
#[cfg(feature = "train")]
mod made_up_images;
#[cfg(feature = "train")]
mod model_matches_keras;
#[cfg(feature = "train")]
mod model_matches_spec;
#[cfg(feature = "cli")]
mod native_import;
#[cfg(feature = "cli")]
mod native_program;
#[cfg(feature = "webgpu")]
mod on_gpu;
#[cfg(feature = "train")]
mod own_batch_norm;
#[cfg(feature = "train")]
mod own_convolution;
#[cfg(feature = "train")]
mod random_networks;
#[cfg(feature = "train")]
mod recomputing;
#[cfg(feature = "train")]
mod saved_runs;
#[cfg(feature = "train")]
mod scripted_host;
#[cfg(feature = "train")]
mod starting_points;
#[cfg(feature = "cli")]
mod sweep_command;
#[cfg(feature = "train")]
mod training_choices;
#[cfg(feature = "train")]
mod training_learns;
#[cfg(feature = "cli")]
mod weights_command;
#[cfg(feature = "train")]
mod worker_commands;
#[cfg(feature = "train")]
mod worker_studies;
#[cfg(feature = "cli")]
mod workstation;
