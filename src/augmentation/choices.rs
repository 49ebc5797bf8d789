//! Which changes are made, and how large they may be.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Furthest shift, as a share of the edge.
pub const MOST_SHIFT: f64 = 0.5;
/// Most degrees of rotation and of shear, either way.
pub const MOST_ROTATION: f64 = 180.0;
/// Strongest zoom; at 1 the image would vanish in a point.
pub const MOST_ZOOM: f64 = 0.9;
/// Most pixels of padding before a crop.
pub const MOST_CROP_PADDING: usize = 16;
/// Edge of the largest cutout in pixels: a whole image of CIFAR.
pub const MOST_CUTOUT: usize = 32;

/// Changes to training images; the default makes none.
///
/// Names and meaning are those of Keras' `ImageDataGenerator`, with its filling by the nearest pixel and its bilinear
/// sampling.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Augmentation {
    /// Half of the images are mirrored, left to right.
    pub flip: bool,
    /// Furthest shift sideways, either way, as a share of the width.
    pub width_shift: f64,
    /// Furthest shift up or down as a share of the height.
    pub height_shift: f64,
    /// Largest rotation in degrees, either way.
    pub rotation_degrees: f64,
    /// Height and width are scaled by their own factors, from `1 − zoom` to `1 + zoom`; above 1 shows more of the picture.
    pub zoom: f64,
    /// Largest shear in degrees, either way.
    pub shear_degrees: f64,
    /// The image is padded with its own mirror image by so many pixels on each side, then cropped to its size anywhere.
    pub crop_padding: usize,
    /// Edge in pixels of a square that is blotted out around a point anywhere in the image (DeVries & Taylor 2017); 0 for none.
    pub cutout: usize,
}

/// A change that cannot be made. The message is shown to the user as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum AugmentationError {
    /// Negative, no number, or most of the image gone.
    #[error("the {direction} shift must be a share from 0 to {MOST_SHIFT}, not {share}")]
    Shift {
        /// `width` or `height`.
        direction: &'static str,
        /// What was asked for.
        share: f64,
    },
    /// Negative, no number, or beyond half a turn.
    #[error("the rotation must be from 0 to {MOST_ROTATION} degrees, not {0}")]
    Rotation(f64),
    /// At a right angle an image is a line.
    #[error("the shear must be from 0 to less than 90 degrees, not {0}")]
    Shear(f64),
    /// Negative, no number, or the image gone.
    #[error("the zoom must be from 0 to {MOST_ZOOM}, not {0}")]
    Zoom(f64),
    /// More padding than an image can mirror.
    #[error("the crop's padding goes from 0 to {MOST_CROP_PADDING} pixels, not {0}")]
    CropPadding(usize),
    /// Larger than an image.
    #[error("the cutout's edge goes from 0 to {MOST_CUTOUT} pixels, not {0}")]
    Cutout(usize),
}

impl Augmentation {
    /// Whether images stay as they are.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether pixels are taken from between others, which a rotation, shift, shear or zoom does.
    pub(super) fn resamples(&self) -> bool {
        let Self { width_shift, height_shift, rotation_degrees, zoom, shear_degrees, .. } = *self;
        [width_shift, height_shift, rotation_degrees, zoom, shear_degrees].iter().any(|amount| *amount > 0.0)
    }

    /// # Errors
    /// Names the first change that cannot be made.
    pub fn check(&self) -> Result<(), AugmentationError> {
        for (direction, share) in [("width", self.width_shift), ("height", self.height_shift)] {
            if !(0.0..=MOST_SHIFT).contains(&share) {
                return Err(AugmentationError::Shift { direction, share });
            }
        }
        if !(0.0..=MOST_ROTATION).contains(&self.rotation_degrees) {
            return Err(AugmentationError::Rotation(self.rotation_degrees));
        }
        if !(0.0..90.0).contains(&self.shear_degrees) {
            return Err(AugmentationError::Shear(self.shear_degrees));
        }
        if !(0.0..=MOST_ZOOM).contains(&self.zoom) {
            return Err(AugmentationError::Zoom(self.zoom));
        }
        if self.crop_padding > MOST_CROP_PADDING {
            return Err(AugmentationError::CropPadding(self.crop_padding));
        }
        if self.cutout > MOST_CUTOUT {
            return Err(AugmentationError::Cutout(self.cutout));
        }
        Ok(())
    }
}
