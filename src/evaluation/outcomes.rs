//! Predictions beside the truth.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::most_probable;
use crate::language::{text, tr};

/// Why there is nothing to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReportError {
    /// No images.
    #[error("{}", text!("there are no held-out images to report on: choose some under All settings"))]
    NoImages,
    /// Not one probability for each class of each image.
    #[error(
        "{}",
        tr!(
            "{probabilities} probabilities do not fit {images} images of {classes} classes: ask for the report again",
            probabilities,
            images,
            classes
        )
    )]
    Sizes {
        /// Probabilities there are.
        probabilities: usize,
        /// Labels there are.
        images: usize,
        /// Classes that take part.
        classes: usize,
    },
    /// A class that does not take part.
    #[error(
        "{}",
        tr!(
            "image {image} is said to be of class {class}, but only {classes} classes take part: ask for the report again",
            image = image + 1,
            class = class + 1,
            classes
        )
    )]
    Label {
        /// Place of the image, from 0.
        image: usize,
        /// Its class, from 0.
        class: usize,
        /// Classes that take part.
        classes: usize,
    },
}

/// What came of one image.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its true class.
    pub label: usize,
    /// The class that the network holds for the most probable.
    pub predicted: usize,
    /// The probability it gives that class.
    pub confidence: f32,
}

/// What came of each image; where this exists, probabilities and labels belong together and there is an image.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcomes<'a> {
    classes: usize,
    probabilities: &'a [f32],
    all: Vec<Outcome>,
}

impl<'a> Outcomes<'a> {
    /// From probabilities `[images, classes]` and the true class of each image.
    ///
    /// # Errors
    /// When there are no images or the two do not belong together.
    pub fn new(probabilities: &'a [f32], labels: &[u16], classes: usize) -> Result<Self, ReportError> {
        let images = labels.len();
        if images == 0 || classes == 0 {
            return Err(ReportError::NoImages);
        }
        if images.checked_mul(classes) != Some(probabilities.len()) {
            return Err(ReportError::Sizes { probabilities: probabilities.len(), images, classes });
        }
        let strange = labels.iter().position(|label| usize::from(*label) >= classes);
        if let Some((image, label)) = strange.and_then(|image| Some((image, labels.get(image)?))) {
            return Err(ReportError::Label { image, class: usize::from(*label), classes });
        }
        let outcome = |(row, label): (&[f32], &u16)| {
            let (predicted, confidence) = most_probable(row, 1).first().copied().unwrap_or_default();
            Outcome { label: usize::from(*label), predicted, confidence }
        };
        Ok(Self { classes, probabilities, all: probabilities.chunks_exact(classes).zip(labels).map(outcome).collect() })
    }

    /// Classes that take part.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// One an image, in their order.
    pub fn all(&self) -> &[Outcome] {
        &self.all
    }

    /// Share of the images that the network is right about.
    pub fn accuracy(&self) -> f64 {
        let right = self.all.iter().filter(|outcome| outcome.predicted == outcome.label).count();
        right as f64 / self.all.len() as f64
    }

    /// Mean cross-entropy in nats. A probability too small for its number counts as the smallest one there is, 1.2e-38.
    pub fn loss(&self) -> f64 {
        let rows = self.probabilities.chunks_exact(self.classes).zip(&self.all);
        let of_label = rows.filter_map(|(row, outcome)| row.get(outcome.label));
        // `max` would take what is no number for the smallest.
        let loss = |probability: &f32| {
            if probability.is_nan() { f64::NAN } else { -f64::from(probability.max(f32::MIN_POSITIVE)).ln() }
        };
        of_label.map(loss).sum::<f64>() / self.all.len() as f64
    }
}
