//! Why a run cannot be trained.

use thiserror::Error;

use super::USUAL_WEIGHT_DECAY;
use super::limits::Limit;
use crate::language::format::localised;
use crate::language::{text, tr, translated};

/// A value that training cannot use. The message is shown to the user as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum HyperparameterError {
    /// A number outside its [limits](super::limits).
    #[error(
        "{}",
        tr!("{label} is {wanted}, not {given}", label = label(key), wanted = wanted(key), given = localised(&given.to_string()))
    )]
    OutOfRange {
        /// Its key in a link.
        key: &'static str,
        /// What was asked for.
        given: f64,
    },
    /// Looking ahead along no velocity.
    #[error("{}", text!("Nesterov's look ahead needs a momentum above 0, for example 0.9"))]
    NesterovWithoutMomentum,
    /// Without weight decay it is Adam.
    #[error(
        "{}",
        tr!(
            "AdamW is Adam with weight decay: give it one, for example {decay}, or choose Adam",
            decay = localised(&USUAL_WEIGHT_DECAY.to_string())
        )
    )]
    AdamWWithoutDecay,
    /// Nothing to judge by but the held-out images, which must decide nothing.
    #[error(
        "{}",
        tr!(
            "early stopping and plateaus go by images to validate with: keep some of the training images for it, for example {images}",
            images = _0
        )
    )]
    NoValidationImages(usize),
    /// Batch norm has nothing to go by where every batch is a single image.
    #[error(
        "{}",
        tr!(
            "{images} of the training images are left to learn from, and training needs 2 at least: keep fewer to validate with, or use \
             more",
            images
        )
    )]
    TooFewImages {
        /// Images asked for, those to validate with taken off.
        images: usize,
    },
}

impl HyperparameterError {
    /// Key in a link of the option it is about.
    pub fn key(&self) -> &'static str {
        match self {
            Self::OutOfRange { key, .. } => key,
            Self::NesterovWithoutMomentum => "momentum",
            Self::AdamWWithoutDecay => "weight-decay",
            Self::NoValidationImages(_) => "validation",
            Self::TooFewImages { .. } => "images",
        }
    }
}

fn label(key: &str) -> &'static str {
    Limit::find(key).map_or(text!("this"), |limit| translated(limit.label))
}

fn wanted(key: &str) -> String {
    Limit::find(key).map(Limit::wanted).unwrap_or_default()
}
