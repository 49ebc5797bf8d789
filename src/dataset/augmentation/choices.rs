//! Which changes are made, and how large they may be.

use serde::{Deserialize, Serialize};

/// Furthest shift, as a share of the edge.
pub const MOST_SHIFT: f64 = 0.5;
/// Most degrees of rotation, either way: all there are.
pub const MOST_ROTATION: f64 = 180.0;
/// Most degrees of shear, either way; at a right angle an image is a line.
pub const MOST_SHEAR: f64 = 80.0;
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
}
