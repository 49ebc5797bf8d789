//! CIFAR-10 and CIFAR-100 as their authors publish them: <https://www.cs.toronto.edu/~kriz/cifar.html>.
//!
//! In both forms an image is 1,024 bytes of red, then of green, then of blue, each row by row.

mod binary;
mod file_kind;
mod names;
mod pickle;
mod python;

use serde::{Deserialize, Serialize};

use crate::dataset::{IMAGE_BYTES, IMAGE_EDGE};

pub(super) use binary::read_records;
pub(super) use file_kind::{CifarFile, Contents, Form, file_kind};
pub(super) use names::{names_in_text, usual_names};
pub(super) use python::{names_in_pickle, read_batch};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CifarSet {
    /// Ten classes.
    Ten,
    /// A hundred classes in twenty groups.
    Hundred,
}

impl CifarSet {
    /// As it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ten => "CIFAR-10",
            Self::Hundred => "CIFAR-100",
        }
    }
}

/// Which of CIFAR-100's two labels of an image counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CifarLabels {
    /// The class: one of 100.
    #[default]
    Fine,
    /// The group: one of 20.
    Coarse,
}

/// An image of one byte a channel, `[32, 32, 3]`, from the three planes one after another.
fn from_planes(plane_byte: impl Fn(usize) -> u8) -> [u8; IMAGE_BYTES] {
    std::array::from_fn(|place| {
        let (pixel, channel) = (place / 3, place % 3);
        plane_byte(channel * IMAGE_EDGE * IMAGE_EDGE + pixel)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planes_become_pixels() {
        let image = from_planes(|place| (place / 1024 * 100 + place % 1024 % 7) as u8);
        assert_eq!(image[..6], [0, 100, 200, 1, 101, 201], "red, green and blue of the first two pixels");
        assert_eq!(image[IMAGE_BYTES - 1], 200 + (1023 % 7) as u8, "the last byte is the last pixel's blue");
    }
}
