//! What a network said of the held-out images, as the trainer sends it.

use serde::{Deserialize, Serialize};

use super::{Outcomes, ReportError};
use crate::dataset::IMAGE_BYTES;

/// Whether the network looks at each image once or also at its mirror image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum View {
    /// Each image as it is.
    #[default]
    Plain,
    /// The mean of what it says of the image and of its mirror image (test-time augmentation).
    WithMirrorImages,
}

impl View {
    /// The other one.
    pub fn other(self) -> Self {
        if self == Self::Plain { Self::WithMirrorImages } else { Self::Plain }
    }
}

/// Everything a report is made from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Predictions {
    /// Training steps done before.
    pub steps_done: usize,
    /// Classes that take part.
    pub classes: usize,
    /// Probabilities of the images as they are, `[images, classes]`.
    pub plain: Vec<f32>,
    /// Mean of the probabilities of each image and of its mirror image, `[images, classes]`.
    pub with_mirror_images: Vec<f32>,
    /// True class of each image.
    pub labels: Vec<u16>,
    /// The images, `[images, 32, 32, 3]`, one byte a channel.
    pub pixels: Vec<u8>,
}

impl Predictions {
    /// What came of the images.
    ///
    /// # Errors
    /// When probabilities and labels do not belong together: they came over a wire.
    pub fn outcomes(&self, view: View) -> Result<Outcomes<'_>, ReportError> {
        let probabilities = match view {
            View::Plain => &self.plain,
            View::WithMirrorImages => &self.with_mirror_images,
        };
        Outcomes::new(probabilities, &self.labels, self.classes)
    }

    /// Pixels of an image, `[32, 32, 3]`; none where there are none.
    pub fn image(&self, image: usize) -> &[u8] {
        self.pixels.chunks_exact(IMAGE_BYTES).nth(image).unwrap_or_default()
    }
}
