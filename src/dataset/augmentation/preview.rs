//! Training images as a run would see them: as they are, and below each what some epochs make of it.

use serde::{Deserialize, Serialize};

use super::{Augmentation, Draw, augment};
use crate::dataset::{IMAGE_BYTES, IMAGE_EDGE};
use crate::drawing::picture::Picture;
use crate::language::{text, tr};

/// Images side by side.
const IMAGES: usize = 10;
/// Epochs below each other.
const EPOCHS: usize = 3;

/// What is done to images before the network sees them.
#[derive(Debug, Clone, Copy)]
pub struct Changes<'a> {
    /// Random changes.
    pub augmentation: &'a Augmentation,
    /// Seed of the run.
    pub seed: u64,
    /// Colour under a cutout, 0 to 1, one value a channel.
    pub channel_mean: [f32; 3],
    /// The matrix that whitens images and the channel means it is about, once measured.
    pub whitening: Option<(&'a [f32], [f32; 3])>,
    /// Whether images are whitened, measured or not.
    pub is_whitened: bool,
}

/// Whether the images of a preview are whitened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PreviewedWhitening {
    /// They never are.
    Off,
    /// They will be, once a run has measured the matrix.
    NotMeasured,
    /// They are.
    Applied,
}

/// Images, and below each what the network sees of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AugmentedImages {
    /// Images in the first row.
    pub images: usize,
    /// Rows below it. 0 where nothing is changed; 1 where images are whitened alone, the same way in every epoch.
    pub epochs: usize,
    /// Whether they are whitened.
    pub whitening: PreviewedWhitening,
    /// All rows; nothing where nothing is changed or there are no images.
    pub picture: Option<Picture>,
}

impl AugmentedImages {
    /// Changes the first images of a shard, `[images, 32, 32, 3]`.
    pub fn new(shard: &[u8], changes: Changes<'_>) -> Self {
        let whitening = match changes.whitening {
            Some(_) => PreviewedWhitening::Applied,
            None if changes.is_whitened => PreviewedWhitening::NotMeasured,
            None => PreviewedWhitening::Off,
        };
        let epochs = match (changes.augmentation.is_none(), whitening) {
            (false, _) => EPOCHS,
            (true, PreviewedWhitening::Applied) => 1,
            (true, _) => 0,
        };
        let images: Vec<&[u8]> = shard.chunks_exact(IMAGE_BYTES).take(IMAGES).collect();
        let changed: Vec<Vec<Vec<u8>>> = (0..epochs).map(|epoch| row(&images, epoch, changes)).collect();
        let rows = std::iter::once(images.clone()).chain(changed.iter().map(|row| row.iter().map(Vec::as_slice).collect()));
        let picture = (epochs > 0 && !images.is_empty()).then(|| Picture::of_images(&rows.collect::<Vec<_>>(), IMAGE_EDGE));
        Self { images: images.len(), epochs, whitening, picture }
    }

    /// The heading over the picture.
    pub fn heading(&self) -> &'static str {
        if self.epochs == 1 { text!("Whitening") } else { text!("Augmentation") }
    }

    /// The picture in words.
    pub fn label(&self) -> String {
        let images = self.images;
        match self.epochs {
            1 => tr!("{images} training images, and below each what whitening makes of it", images),
            epochs => tr!("{images} training images, and below each what augmentation makes of it in {epochs} epochs", images, epochs),
        }
    }

    /// What the rows are, or why there are none.
    pub fn caption(&self) -> String {
        let note = match self.whitening {
            PreviewedWhitening::Off => "",
            PreviewedWhitening::NotMeasured => text!(" Images are whitened too; that is shown once a run has measured it."),
            PreviewedWhitening::Applied => text!(" Whitened: grey is the mean."),
        };
        let rows = match self.epochs {
            0 => text!("Augmentation is off: every epoch sees the images as they are.").to_owned(),
            1 => text!("First row: images as they are; below each, what the network sees of it.").to_owned(),
            epochs => tr!("First row: images as they are; below each, what {epochs} epochs see of it.", epochs),
        };
        rows + note
    }
}

/// What one epoch sees of the images.
fn row(images: &[&[u8]], epoch: usize, changes: Changes<'_>) -> Vec<Vec<u8>> {
    let fill = changes.channel_mean.map(|mean| mean * 255.0);
    let changed = |(place, image): (usize, &&[u8])| {
        let floats = image.iter().map(|byte| f32::from(*byte)).collect();
        let draw = Draw::new(changes.seed, epoch, place);
        let augmented = augment(changes.augmentation, floats, [IMAGE_EDGE, IMAGE_EDGE, 3], &fill, &draw);
        let seen = match changes.whitening {
            Some((matrix, mean)) => whitened(&augmented, matrix, mean),
            None => augmented,
        };
        seen.into_iter().map(|value| value.round().clamp(0.0, 255.0) as u8).collect()
    };
    images.iter().enumerate().map(changed).collect()
}

/// An image times the matrix, as colours: its numbers lie around 0, most of them less than 2 from it.
fn whitened(image: &[f32], matrix: &[f32], mean: [f32; 3]) -> Vec<f32> {
    let centred: Vec<f32> = image.iter().zip(mean.iter().cycle()).map(|(value, mean)| value / 255.0 - mean).collect();
    let number = |row: &[f32]| row.iter().zip(&centred).map(|(entry, value)| entry * value).sum::<f32>();
    matrix.chunks_exact(IMAGE_BYTES).map(|row| 128.0 + 64.0 * number(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An image that is dark on its left and bright on its right.
    fn two_sides() -> Vec<u8> {
        (0..IMAGE_BYTES).map(|index| if index / 3 % IMAGE_EDGE < IMAGE_EDGE / 2 { 10 } else { 200 }).collect()
    }

    fn changes<'a>(augmentation: &'a Augmentation, whitening: Option<(&'a [f32], [f32; 3])>) -> Changes<'a> {
        Changes { augmentation, seed: 1, channel_mean: [0.5; 3], whitening, is_whitened: whitening.is_some() }
    }

    #[test]
    fn each_row_below_the_images_is_an_epoch_that_changes_them() {
        let shard = [two_sides(), two_sides()].concat();
        let flip = Augmentation { flip: true, ..Augmentation::default() };
        let preview = AugmentedImages::new(&shard, changes(&flip, None));
        assert_eq!(preview.label(), "2 training images, and below each what augmentation makes of it in 3 epochs");
        let picture = preview.picture.unwrap();
        assert_eq!((picture.width, picture.height), (2 * IMAGE_EDGE, 4 * IMAGE_EDGE), "two images, four rows");
        let mut lefts = Vec::new();
        for epoch in 0..EPOCHS {
            for place in 0..2 {
                let left = picture.at((epoch + 1) * IMAGE_EDGE, place * IMAGE_EDGE)[0];
                let image = two_sides().iter().map(|byte| f32::from(*byte)).collect();
                let expected = augment(&flip, image, [IMAGE_EDGE, IMAGE_EDGE, 3], &[0.0; 3], &Draw::new(1, epoch, place));
                assert_eq!(f32::from(left), expected[0], "epoch {epoch}, image {place}: what training would see");
                lefts.push(left);
            }
        }
        assert!(lefts.contains(&10) && lefts.contains(&200), "some are mirrored, some are not: {lefts:?}");
    }

    #[test]
    fn nothing_is_drawn_where_nothing_is_changed_or_there_are_no_images() {
        let none = Augmentation::default();
        let off = AugmentedImages::new(&two_sides(), Changes { is_whitened: true, ..changes(&none, None) });
        assert_eq!(off.picture, None);
        assert!(off.caption().contains("Augmentation is off") && off.caption().contains("once a run has measured it"), "{}", off.caption());
        let flip = Augmentation { flip: true, ..Augmentation::default() };
        assert_eq!(AugmentedImages::new(&[], changes(&flip, None)).picture, None, "no images");
    }

    #[test]
    fn a_matrix_shows_what_the_network_sees() {
        let diagonal = |place: usize| if place.is_multiple_of(IMAGE_BYTES + 1) { 2.0 } else { 0.0 };
        let matrix: Vec<f32> = (0..IMAGE_BYTES * IMAGE_BYTES).map(diagonal).collect();
        let none = Augmentation::default();
        let preview = AugmentedImages::new(&two_sides(), changes(&none, Some((&matrix, [10.0 / 255.0; 3]))));
        assert_eq!(preview.heading(), "Whitening");
        assert_eq!(preview.label(), "1 training images, and below each what whitening makes of it");
        let picture = preview.picture.unwrap();
        assert_eq!(picture.at(IMAGE_EDGE, 0)[0], 128, "the mean is grey");
        let brighter = (128.0 + 64.0 * 2.0 * 190.0 / 255.0_f64).round() as u8;
        assert_eq!(picture.at(IMAGE_EDGE, IMAGE_EDGE - 1)[0], brighter, "what is above it is brighter");
    }
}
