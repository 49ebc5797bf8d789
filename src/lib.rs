//! ResNet Playground: design a ResNetV2, train it on CIFAR in the browser, see why skip connections matter.
//!
//! A [`spec::ResNetSpec`] describes a residual network. From the same spec come the drawn
//! [`graph`], the trained `model`, and the [`permalink`] that shares it. The page (`app`) never links
//! Burn: it sends [`protocol::TrainCommand`]s to a trainer in a Web Worker and folds the
//! [`protocol::TrainEvent`]s that come back. `training` knows no browser: the same code runs in
//! native tests on the CPU backend, which is the oracle for the GPU.
//!
//! Read the modules in the order they are declared here.

pub mod spec;

pub mod export;
pub mod hyperparameters;
pub mod starting_point;
pub mod weights_file;

pub mod augmentation;
pub mod dataset;
pub mod import;

pub mod callbacks;
pub mod chosen_images;
pub mod metrics;
pub mod protocol;
pub mod random;
pub mod whitening;

pub mod graph;
pub mod permalink;
pub mod plot;

pub mod bitmap;
pub mod command_line;
pub mod decimal;
pub mod description;
pub mod escape;
pub mod experiments;
pub mod figures;
pub mod gradient_profile;
pub mod image_look;
pub mod kept_work;
pub mod looks;
pub mod recipes;
pub mod report;
pub mod run_state;
pub mod settings;
pub mod slow_motion;
pub mod small_powers;
pub mod small_search;
pub mod small_sort;
pub mod snapshots;
pub mod workbench;

#[cfg(any(feature = "app", feature = "train", feature = "workbench"))]
pub mod javascript;
#[cfg(any(feature = "app", feature = "train", feature = "workbench"))]
pub mod stored_files;

#[cfg(feature = "train")]
pub mod insight;
#[cfg(feature = "train")]
pub mod model;
#[cfg(feature = "train")]
pub mod operations;
#[cfg(feature = "train")]
pub mod parity;
#[cfg(feature = "train")]
pub mod training;
#[cfg(feature = "train")]
pub mod worker;

#[cfg(feature = "app")]
pub mod app;
