//! What came of an import, as the worker tells the page.

use serde::{Deserialize, Serialize};

use super::{ImportedImages, LeftOut};
use crate::language::format::grouped;
use crate::language::tr;

/// An imported data set in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// What it is called.
    pub name: String,
    /// How many classes it has.
    pub classes: usize,
    /// Images to train on.
    pub training_images: usize,
    /// Images to measure with.
    pub held_out_images: usize,
    /// Files that could not be read.
    pub left_out: LeftOut,
    /// What else the visitor should know, in sentences.
    pub notices: Vec<String>,
}

impl ImportedImages {
    /// What was imported, in numbers.
    pub fn summary(&self) -> ImportSummary {
        ImportSummary {
            name: self.name.clone(),
            classes: self.classes.len(),
            training_images: self.training.len(),
            held_out_images: self.held_out.len(),
            left_out: self.left_out.clone(),
            notices: self.notices.clone(),
        }
    }
}

impl ImportSummary {
    /// For the visitor, when the very same images were kept before.
    pub fn here_already(&self) -> String {
        tr!("You have these images already: {name}. Nothing was stored twice.", name = self.name)
    }

    /// The same for the visitor.
    pub fn sentences(&self) -> String {
        let (training, held_out) = (grouped(self.training_images), grouped(self.held_out_images));
        let mut sentences = tr!(
            "{name}: {classes} classes, {training} training images, {held_out} held-out images.",
            name = self.name,
            classes = self.classes,
            training,
            held_out
        );
        if let Some(left_out) = self.left_out.sentence() {
            sentences += " ";
            sentences += &left_out;
        }
        for notice in &self.notices {
            sentences += " ";
            sentences += notice;
        }
        sentences
    }
}
