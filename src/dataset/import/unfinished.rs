//! An import whose files are read, but for pictures that only a browser can decode.

use super::ImportChoices;
use super::error::ImportError;
use super::imported::ImportedImages;
use super::left_out::{LeftOut, Why};
use super::limits;
use super::picture::{FileFormat, shrink_square};
use super::pools::Pools;
use crate::dataset::{IMAGE_BYTES, name_from};
use crate::language::format::grouped;
use crate::language::tr;

/// A picture that waits for the browser.
#[derive(Debug)]
pub struct WaitingPicture {
    path: String,
    format: FileFormat,
    bytes: Vec<u8>,
    class: usize,
    is_held_out: bool,
}

impl WaitingPicture {
    /// Its file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The media type of its file.
    pub fn media_type(&self) -> &'static str {
        self.format.browser_type().unwrap_or_default()
    }
}

/// An import under way. The browser may decode what waits; then it is [finished](Self::finish).
pub struct UnfinishedImport {
    pub(super) name: String,
    pub(super) classes: Vec<String>,
    pub(super) pools: Pools,
    pub(super) left_out: LeftOut,
    pub(super) notices: Vec<String>,
    choices: ImportChoices,
    /// Images so far.
    images: usize,
    waiting: Vec<WaitingPicture>,
    waiting_bytes: usize,
}

impl UnfinishedImport {
    /// Nothing was read yet; `separate` if the upload says which images are held out.
    pub(super) fn new(name: String, classes: Vec<String>, separate: bool, choices: &ImportChoices) -> Self {
        Self {
            pools: Pools::new(classes.len(), separate, choices),
            name,
            classes,
            left_out: LeftOut::default(),
            notices: Vec::new(),
            choices: choices.clone(),
            images: 0,
            waiting: Vec::new(),
            waiting_bytes: 0,
        }
    }

    /// Takes an image.
    pub(super) fn add(&mut self, class: usize, is_held_out: bool, image: &[u8; IMAGE_BYTES]) {
        self.images += 1;
        let collector = if is_held_out { self.pools.held_out() } else { self.pools.training() };
        collector.add(class, image);
    }

    /// Lets a picture wait for the browser, or leaves it out where there is no room.
    pub(super) fn let_wait(&mut self, path: &str, format: FileFormat, bytes: Vec<u8>, class: usize, is_held_out: bool) {
        if self.waiting_bytes + bytes.len() > limits::FOR_BROWSER_BYTES {
            return self.left_out.add(path, Why::NoRoom, String::new);
        }
        self.waiting_bytes += bytes.len();
        self.waiting.push(WaitingPicture { path: path.to_owned(), format, bytes, class, is_held_out });
    }

    /// Images read so far.
    pub fn images(&self) -> usize {
        self.images
    }

    /// The pictures that wait, which then wait no longer.
    pub fn take_waiting(&mut self) -> Vec<WaitingPicture> {
        std::mem::take(&mut self.waiting)
    }

    /// Takes what the browser made of a picture: its middle square, red, green, blue and opacity of each pixel. Without one, or
    /// if it is no square, the picture is left out.
    pub fn decoded(&mut self, picture: &WaitingPicture, square: Option<(usize, Vec<u8>)>) {
        match square.and_then(|(edge, rgba)| shrink_square(edge, &rgba)) {
            Some(image) => self.add(picture.class, picture.is_held_out, &image),
            None => self.left_out.add(&picture.path, Why::BrowserCannot(picture.format), String::new),
        }
    }

    /// The data set, without pictures that still wait and classes that have nothing on one of its sides.
    ///
    /// # Errors
    /// When no image was read, or fewer than two classes are left.
    pub fn finish(mut self) -> Result<ImportedImages, ImportError> {
        for picture in self.take_waiting() {
            self.left_out.add(&picture.path, Why::NeedsBrowser(picture.format), String::new);
        }
        if self.images == 0 && self.left_out.count() > 0 {
            return Err(ImportError::NoneReadable { reasons: self.left_out.reasons_in_words() });
        }
        let (training, held_out, is_selective) = self.pools.into_images(self.classes.len(), &self.choices);
        if is_selective && self.choices.images_per_class.is_none() {
            let (training, held_out) = (grouped(limits::TRAINING_IMAGES), grouped(limits::HELD_OUT_IMAGES));
            self.notices.push(tr!(
                "Of some classes there are more images than are kept: {training} training and {held_out} held-out images in all, the \
                 same share for each class.",
                training,
                held_out
            ));
        }
        let name = match self.choices.images_per_class {
            Some(count) => name_from(&format!("{}-{count}-per-class", self.name)),
            None => self.name,
        };
        let Self { classes, left_out, notices, .. } = self;
        let mut images = ImportedImages { name, classes, training, held_out, left_out, notices };
        images.drop_classes()?;
        Ok(images)
    }
}
