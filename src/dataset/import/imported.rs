//! The images of an upload, sorted into those to train on and those held out.

use super::error::ImportError;
use super::left_out::LeftOut;
use crate::dataset::LabelledImages;
use crate::language::format::{self, grouped};
use crate::language::tr;

/// Classes that are named; more are counted.
const NAMED: usize = 3;

/// The sides, training and held-out, on which a class may have images that is left out.
const INCOMPLETE: [[bool; 2]; 3] = [[true, false], [false, true], [false, false]];

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

impl ImportedImages {
    /// Takes classes away that have nothing on one of the sides.
    ///
    /// # Errors
    /// When fewer than two are left.
    pub(super) fn drop_classes(&mut self) -> Result<(), ImportError> {
        let has = |images: &LabelledImages, class: usize| images.labels.iter().any(|label| usize::from(*label) == class);
        let sides: Vec<[bool; 2]> = (0..self.classes.len()).map(|class| [has(&self.training, class), has(&self.held_out, class)]).collect();
        let kept = sides.iter().filter(|sides| **sides == [true; 2]).count();
        if kept < 2 {
            return Err(ImportError::TooFewClasses { found: self.too_few(kept, &sides) });
        }
        if kept == sides.len() {
            return Ok(());
        }
        for wanted in INCOMPLETE {
            self.notices.extend(self.named(&sides, wanted).map(|names| format::sentence(&left_out(wanted, &names))));
        }
        // The new number of each class that stays.
        let mut next = 0..;
        let numbers: Vec<Option<u16>> = sides.iter().map(|sides| (*sides == [true; 2]).then(|| next.next()).flatten()).collect();
        for images in [&mut self.training, &mut self.held_out] {
            let number = |label: &u16| numbers.get(usize::from(*label)).copied().flatten();
            let gone: Vec<usize> = (0..images.labels.len()).filter(|place| number(&images.labels[*place]).is_none()).collect();
            images.take_out(&gone);
            images.labels.iter_mut().for_each(|label| *label = number(label).unwrap_or_default());
        }
        let mut is_kept = numbers.iter().map(Option::is_some);
        self.classes.retain(|_| is_kept.next().unwrap_or_default());
        Ok(())
    }

    /// Names of the classes that have images on these sides, training and held-out; nothing if there is none.
    fn named(&self, sides: &[[bool; 2]], wanted: [bool; 2]) -> Option<String> {
        let names: Vec<&str> =
            self.classes.iter().zip(sides).filter(|(_, sides)| **sides == wanted).map(|(name, _)| name.as_str()).collect();
        let more = if names.len() > NAMED { ", …" } else { "" };
        (!names.is_empty()).then(|| names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ") + more)
    }

    fn too_few(&self, kept: usize, sides: &[[bool; 2]]) -> String {
        let images = grouped(self.training.len() + self.held_out.len());
        let classes = self.classes.len();
        let mut found = tr!("{kept} of {classes} classes could be used, {images} images were read", kept, classes, images);
        for wanted in INCOMPLETE {
            if let Some(names) = self.named(sides, wanted) {
                found += &format!("; {}", left_out(wanted, &names));
            }
        }
        if let Some(sentence) = self.left_out.sentence() {
            found += &format!("; {}", sentence.trim_end_matches('.'));
        }
        found
    }
}

/// Why these classes are left out, which have images on these sides: half a sentence.
fn left_out(sides: [bool; 2], names: &str) -> String {
    match sides {
        [true, _] => tr!("left out for want of held-out images: {names}", names),
        [false, true] => tr!("left out for want of training images: {names}", names),
        [false, false] => tr!("left out for want of images to train on or to hold out: {names}", names),
    }
}
