//! ResNet Playground: design a ResNetV2, train it on CIFAR in the browser, see why skip connections matter.
//!
//! A [`spec::ResNetSpec`] describes a residual network. From the same spec come the drawn
//! [`drawing`], the trained `model`, and the link ([`experiment::permalink`]) that shares it. The page (`app`) never links
//! Burn: it sends [`protocol::TrainCommand`]s to a trainer in a Web Worker and folds the
//! [`protocol::TrainEvent`]s that come back. `training` knows no browser: the same code runs in
//! native tests on the CPU backend, which is the oracle for the GPU.
//!
//! Read the modules in the order they are declared here.

pub mod language;
pub mod random;
pub mod spec;

pub mod dataset;
pub mod evaluation;
pub mod experiment;

pub mod checkpoint;
pub mod drawing;
pub mod export;
#[cfg(feature = "train")]
pub mod model;

pub mod insight;
pub mod studies;
#[cfg(feature = "train")]
pub mod training;

#[cfg(feature = "train")]
pub mod parity;
pub mod protocol;
pub mod run;
pub mod worker;

#[cfg(feature = "app")]
pub mod app;
