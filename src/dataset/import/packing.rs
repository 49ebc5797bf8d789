//! Imported images as a data set: shards of PNG and their manifest, just as those that come with the page.

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
    made: [Vec<Shard>; 2],
}

impl Packing {
    /// `stamp` becomes part of each file's name.
    pub fn new(images: ImportedImages, seed: u64, stamp: &str) -> Self {
        let order = |images: &LabelledImages, stream: u64| mixed_order(images.len(), seed, stream);
        let orders = [order(&images.training, ORDER_STREAMS[0]), order(&images.held_out, ORDER_STREAMS[1])];
        Self { images, orders, stamp: stamp.into(), made: Default::default() }
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
        }
    }

    /// The images that are packed.
    pub fn images(&self) -> &ImportedImages {
        &self.images
    }
}
