//! Images and labels: bytes in, bytes out; no network, no tensors.

pub mod augmentation;
pub mod import;
pub mod limits;
pub mod snapshots;
pub mod split;
pub mod whitening;

mod address;
mod kept;
mod manifest;
mod name;
mod shard;
mod subset;

pub use address::{DATA_SETS, IMAGE_STORE, IMPORTED, MANIFEST, STARTER, folder_of, imported_folder};
pub use kept::{KeptDataset, Meant, meant, not_here};
pub use manifest::{DatasetManifest, ManifestError, Shard};
pub use name::{identified_name, is_name, name_from, name_in};
pub use shard::{ShardCompression, ShardError, decode_shard, encode_png, encode_shard};
pub use subset::{ClassChoice, SubsetError, choose_subset, choose_validation, epoch_order};

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

    /// Adds others behind these.
    pub fn append(&mut self, others: &Self) {
        self.pixels.extend_from_slice(&others.pixels);
        self.labels.extend_from_slice(&others.labels);
    }

    /// Takes the images at `places`, which rise, out of these and gives them.
    pub fn take_out(&mut self, places: &[usize]) -> Self {
        let (mut taken, mut left) = (Self::default(), Self::default());
        let mut places = places.iter().copied().peekable();
        for (place, (image, label)) in self.pixels.chunks_exact(IMAGE_BYTES).zip(&self.labels).enumerate() {
            let into = if places.next_if_eq(&place).is_some() { &mut taken } else { &mut left };
            into.pixels.extend_from_slice(image);
            into.labels.push(*label);
        }
        *self = left;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_taken_out_are_no_longer_there() {
        let pixels = (0..4 * IMAGE_BYTES).map(|index| (index / IMAGE_BYTES) as u8).collect();
        let mut images = LabelledImages { pixels, labels: vec![5, 6, 7, 8] };
        let taken = images.take_out(&[1, 3]);
        assert_eq!((taken.labels, images.labels), (vec![6, 8], vec![5, 7]), "each label on one side");
        let first = |pixels: &[u8]| pixels.chunks_exact(IMAGE_BYTES).map(|image| image[0]).collect::<Vec<_>>();
        assert_eq!((first(&taken.pixels), first(&images.pixels)), (vec![1, 3], vec![0, 2]), "with its own pixels");
    }
}
