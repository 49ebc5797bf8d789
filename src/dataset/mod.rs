//! Images and labels: bytes in, bytes out; no network, no tensors.

mod manifest;
mod shard;
mod subset;

pub use manifest::{DatasetManifest, ManifestError, Shard};
pub use shard::{ShardError, decode_shard};
pub use subset::{ClassChoice, SubsetError, choose_subset, epoch_order};

/// Bytes of one image, `[32, 32, 3]`.
pub const IMAGE_BYTES: usize = IMAGE_EDGE * IMAGE_EDGE * 3;
/// Edge of an image in pixels.
pub const IMAGE_EDGE: usize = 32;

/// Images with their labels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelledImages {
    /// `[images, 32, 32, 3]`, one byte a channel.
    pub pixels: Vec<u8>,
    /// Index into the chosen classes, one an image.
    pub labels: Vec<u16>,
}

impl LabelledImages {
    /// Number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }
}
