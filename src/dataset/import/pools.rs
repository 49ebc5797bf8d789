//! Where images are kept while an upload is read: those to train on, and those held out.

use super::ImportChoices;
use super::collector::Collector;
use super::limits;
use super::split::hold_out;
use crate::dataset::LabelledImages;

/// Numbers of the random streams of an import.
mod stream {
    pub const TRAINING: u64 = 0;
    pub const HELD_OUT: u64 = 1;
    pub const SPLIT: u64 = 2;
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

    /// Training and held-out images, and whether there were more than are kept.
    pub fn into_images(self, classes: usize, choices: &ImportChoices) -> (LabelledImages, LabelledImages, bool) {
        let is_selective = self.training.is_selective() || self.held_out.as_ref().is_some_and(Collector::is_selective);
        let mut training = self.training.into_images();
        let held_out = match self.held_out {
            Some(collector) => collector.into_images(),
            None => hold_out(&mut training, classes, choices.held_out_percent, choices.seed, stream::SPLIT),
        };
        (training, held_out, is_selective)
    }
}
