//! The images of an upload, sorted into those to train on and those held out.

use serde::{Deserialize, Serialize};

use super::ImportChoices;
use super::collector::Collector;
use super::error::ImportError;
use super::limits;
use super::split::hold_out;
use crate::dataset::{LabelledImages, name_from};
use crate::format::grouped;

/// Files left out that are named one by one; more are counted.
const NAMED: usize = 3;

/// Numbers of the random streams of an import.
mod stream {
    pub const TRAINING: u64 = 0;
    pub const HELD_OUT: u64 = 1;
    pub const SPLIT: u64 = 2;
}

/// Files that were left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// How many.
    pub count: usize,
    /// What is wrong with the first of them.
    pub sentences: Vec<String>,
}

impl LeftOut {
    /// One more; its sentence is made only if it is shown.
    pub(super) fn add(&mut self, sentence: impl FnOnce() -> String) {
        self.count += 1;
        if self.sentences.len() < NAMED {
            self.sentences.push(sentence());
        }
    }

    pub(super) fn first(&self) -> String {
        self.sentences.first().cloned().unwrap_or_default()
    }
}

/// What an upload gave.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedImages {
    /// Fit for an address.
    pub name: String,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// To train on.
    pub training: LabelledImages,
    /// To measure with.
    pub held_out: LabelledImages,
    /// Files that could not be read.
    pub left_out: LeftOut,
    /// What else the visitor should know.
    pub notices: Vec<String>,
}

/// Where images go while an upload is read.
pub(super) struct Pools {
    training: Collector,
    /// Nothing while the upload does not say what is held out.
    held_out: Option<Collector>,
}

impl Pools {
    /// `separate` if the upload says which images are held out.
    pub fn new(classes: usize, separate: bool, choices: &ImportChoices) -> Self {
        let wanted = choices.images_per_class.unwrap_or(usize::MAX).max(1);
        let most = |limit: usize| wanted.min(limit / classes.max(1)).max(1);
        let seed = choices.seed;
        if separate {
            return Self {
                training: Collector::new(classes, most(limits::TRAINING_IMAGES), seed, stream::TRAINING),
                held_out: Some(Collector::new(classes, most(limits::HELD_OUT_IMAGES), seed, stream::HELD_OUT)),
            };
        }
        let (training, percent) = (most(limits::TRAINING_IMAGES), choices.held_out_percent.min(99) as usize);
        // So many that what is left after holding some out is what was asked for, whichever way it rounds.
        let held_out = (training.saturating_mul(percent) + (100 - percent) / 2) / (100 - percent);
        let room = (limits::TRAINING_IMAGES + limits::HELD_OUT_IMAGES) / classes.max(1);
        let with_held_out = training.saturating_add(held_out.max(1));
        Self { training: Collector::new(classes, with_held_out.min(room).max(2), seed, stream::TRAINING), held_out: None }
    }

    /// Where images to train on go, and all while there is no other.
    pub fn training(&mut self) -> &mut Collector {
        &mut self.training
    }

    /// Where held-out images go.
    pub fn held_out(&mut self) -> &mut Collector {
        self.held_out.as_mut().unwrap_or(&mut self.training)
    }

    /// The data set, without classes that have nothing on one of its sides.
    ///
    /// # Errors
    /// When fewer than two classes are left.
    pub fn finish(
        self,
        name: String,
        classes: Vec<String>,
        left_out: LeftOut,
        mut notices: Vec<String>,
        choices: &ImportChoices,
    ) -> Result<ImportedImages, ImportError> {
        let is_selective = self.training.is_selective() || self.held_out.as_ref().is_some_and(Collector::is_selective);
        if is_selective && choices.images_per_class.is_none() {
            let (training, held_out) = (grouped(limits::TRAINING_IMAGES), grouped(limits::HELD_OUT_IMAGES));
            notices.push(format!(
                "Of some classes there are more images than are kept: {training} training and {held_out} held-out images in all, the same share for each class."
            ));
        }
        let mut training = self.training.into_images();
        let held_out = match self.held_out {
            Some(collector) => collector.into_images(),
            None => hold_out(&mut training, classes.len(), choices.held_out_percent, choices.seed, stream::SPLIT),
        };
        let name = match choices.images_per_class {
            Some(count) => name_from(&format!("{name}-{count}-per-class")),
            None => name,
        };
        let mut images = ImportedImages { name, classes, training, held_out, left_out, notices };
        images.drop_classes()?;
        Ok(images)
    }
}

impl ImportedImages {
    fn drop_classes(&mut self) -> Result<(), ImportError> {
        let has = |images: &LabelledImages, class: usize| images.labels.iter().any(|label| usize::from(*label) == class);
        let is_kept: Vec<bool> = (0..self.classes.len()).map(|class| has(&self.training, class) && has(&self.held_out, class)).collect();
        let kept = is_kept.iter().filter(|kept| **kept).count();
        if kept < 2 {
            let images = grouped(self.training.len() + self.held_out.len());
            let found = format!("{kept} of {} classes could be used, {images} images were read", self.classes.len());
            return Err(ImportError::TooFewClasses { found });
        }
        if kept == is_kept.len() {
            return Ok(());
        }
        let dropped: Vec<&str> = self.classes.iter().zip(&is_kept).filter(|(_, kept)| !**kept).map(|(class, _)| class.as_str()).collect();
        let named = dropped.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = if dropped.len() > NAMED { ", …" } else { "" };
        self.notices.push(format!("Left out for want of images to train on or to hold out: {named}{more}."));
        // The new number of each class that stays.
        let mut next = 0..;
        let numbers: Vec<Option<u16>> = is_kept.iter().map(|kept| kept.then(|| next.next()).flatten()).collect();
        for images in [&mut self.training, &mut self.held_out] {
            let number = |label: &u16| numbers.get(usize::from(*label)).copied().flatten();
            let gone: Vec<usize> = (0..images.labels.len()).filter(|place| number(&images.labels[*place]).is_none()).collect();
            images.take_out(&gone);
            images.labels.iter_mut().for_each(|label| *label = number(label).unwrap_or_default());
        }
        let mut is_kept = is_kept.into_iter();
        self.classes.retain(|_| is_kept.next().unwrap_or_default());
        Ok(())
    }
}
