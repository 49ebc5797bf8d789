//! Imported images as a data set: shards of PNG and their manifest, just as those that come with the page.

use sha2::{Digest, Sha256};

use super::ImportedImages;
use super::split::mixed_order;
use crate::dataset::augmentation::ImageStatistics;
use crate::dataset::{DatasetManifest, IMAGE_BYTES, LabelledImages, Shard, ShardCompression, ShardError, encode_shard};

/// Images of a shard.
const SHARD_IMAGES: usize = 5000;

/// Numbers of the random streams that order the images.
const ORDER_STREAMS: [u64; 2] = [3, 4];

/// A file of a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedShard {
    /// Its name inside the data set's folder.
    pub file: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Makes the shards one at a time: all of them at once are as large as the images.
pub struct Packing {
    images: ImportedImages,
    orders: [Vec<usize>; 2],
    /// Tells files of one import from those of another under the same name.
    stamp: String,
    /// Hash of what is packed.
    content: String,
    made: [Vec<Shard>; 2],
}

impl Packing {
    /// `stamp` becomes part of each file's name.
    pub fn new(images: ImportedImages, seed: u64, stamp: &str) -> Self {
        let order = |images: &LabelledImages, stream: u64| mixed_order(images.len(), seed, stream);
        let orders = [order(&images.training, ORDER_STREAMS[0]), order(&images.held_out, ORDER_STREAMS[1])];
        let content = content_hash(&images, &orders);
        Self { images, orders, stamp: stamp.into(), content, made: Default::default() }
    }

    /// Hash of classes, labels and pixels in the order in which they are packed, in hexadecimal digits.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// Calls the data set otherwise.
    pub fn rename(&mut self, name: String) {
        self.images.name = name;
    }

    /// Shards in all.
    pub fn shards(&self) -> usize {
        self.orders.iter().map(|order| order.len().div_ceil(SHARD_IMAGES)).sum()
    }

    /// The next shard, training first; nothing once all are made.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn next_shard(&mut self) -> Result<Option<PackedShard>, ShardError> {
        for (side, name) in ["train", "test"].into_iter().enumerate() {
            let number = self.made[side].len();
            let Some(places) = self.orders[side].chunks(SHARD_IMAGES).nth(number) else { continue };
            let from = if side == 0 { &self.images.training } else { &self.images.held_out };
            let mut pixels = Vec::with_capacity(places.len() * IMAGE_BYTES);
            let mut labels = Vec::with_capacity(places.len());
            for place in places {
                pixels.extend_from_slice(from.pixels.get(place * IMAGE_BYTES..(place + 1) * IMAGE_BYTES).unwrap_or_default());
                labels.push(from.labels.get(*place).copied().unwrap_or_default());
            }
            let file = format!("{name}-{number:03}-{}.png", self.stamp);
            let bytes = encode_shard(&file, &pixels, ShardCompression::Quick)?;
            self.made[side].push(Shard { file: file.clone(), bytes: bytes.len() as u64, labels });
            return Ok(Some(PackedShard { file, bytes }));
        }
        Ok(None)
    }

    /// What the shards made so far are.
    pub fn manifest(&self) -> DatasetManifest {
        let statistics = ImageStatistics::measured(&self.images.training);
        let [train, test] = self.made.clone();
        DatasetManifest {
            name: self.images.name.clone(),
            image: [32, 32, 3],
            classes: self.images.classes.clone(),
            channel_mean: statistics.mean,
            channel_deviation: statistics.deviation,
            train,
            test,
            content: Some(self.content.clone()),
        }
    }

    /// The images that are packed.
    pub fn images(&self) -> &ImportedImages {
        &self.images
    }
}

/// 128 bits: nobody meets two data sets with the same.
fn content_hash(images: &ImportedImages, orders: &[Vec<usize>; 2]) -> String {
    let mut hash = Sha256::new();
    let count = |hash: &mut Sha256, count: usize| hash.update((count as u64).to_le_bytes());
    count(&mut hash, images.classes.len());
    for class in &images.classes {
        count(&mut hash, class.len());
        hash.update(class);
    }
    for (side, order) in [&images.training, &images.held_out].into_iter().zip(orders) {
        count(&mut hash, order.len());
        for place in order {
            hash.update(side.labels.get(*place).copied().unwrap_or_default().to_le_bytes());
            hash.update(side.pixels.get(place * IMAGE_BYTES..(place + 1) * IMAGE_BYTES).unwrap_or_default());
        }
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::import::LeftOut;

    fn images() -> ImportedImages {
        let side = |first: u8| LabelledImages { pixels: vec![first; 3 * IMAGE_BYTES], labels: vec![0, 1, 1] };
        ImportedImages {
            name: "pets".into(),
            classes: vec!["cats".into(), "dogs".into()],
            training: side(1),
            held_out: side(2),
            left_out: LeftOut::default(),
            notices: Vec::new(),
        }
    }

    fn content(change: impl FnOnce(&mut ImportedImages), seed: u64) -> String {
        let mut changed = images();
        change(&mut changed);
        Packing::new(changed, seed, "x").content().to_owned()
    }

    #[test]
    fn the_same_images_are_the_same_data_set_whatever_it_is_called() {
        let usual = content(|_| (), 1);
        assert_eq!(usual.len(), 32, "{usual}");
        assert_eq!(content(|images| images.name = "birds".into(), 1), usual, "the name does not count");
        assert_eq!(content(|images| images.notices.push("one was left out".into()), 1), usual, "nor what was said about it");
        assert_eq!(Packing::new(images(), 1, "another day").manifest().content, Some(usual), "nor when it was imported");
    }

    #[test]
    fn whatever_changes_a_run_makes_another_data_set() {
        let mut all = vec![
            content(|_| (), 1),
            content(|images| images.training.pixels[0] ^= 1, 1),
            content(|images| images.held_out.pixels[3 * IMAGE_BYTES - 1] ^= 1, 1),
            content(|images| images.training.labels[0] = 1, 1),
            content(|images| images.classes.swap(0, 1), 1),
            content(|images| images.classes = vec!["cat".into(), "sdogs".into()], 1),
            content(|images| std::mem::swap(&mut images.training, &mut images.held_out), 1),
            content(|images| drop(images.training.take_out(&[2])), 1),
        ];
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "no two have the same: {all:?}");
        let of_seeds: std::collections::BTreeSet<String> =
            (1..9).map(|seed| content(|images| images.training.pixels[0] = 9, seed)).collect();
        assert!(of_seeds.len() > 1, "the order of the images decides how a run goes");
    }
}
