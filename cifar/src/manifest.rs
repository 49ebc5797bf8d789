//! `manifest.json`: what the page reads first.

use anyhow::{Context, Result};
use serde::Serialize;

use super::cifar::{CLASSES, Cifar};

#[derive(Serialize)]
pub struct Manifest {
    name: &'static str,
    /// Height, width, channels.
    image: [usize; 3],
    classes: [&'static str; 10],
    /// Of the full training set, on the scale 0 to 1.
    channel_mean: [f64; 3],
    channel_deviation: [f64; 3],
    train: Vec<Shard>,
    test: Vec<Shard>,
}

#[derive(Serialize)]
pub struct Shard {
    pub file: String,
    /// The file's size, so that a page can show how much is still to come.
    pub bytes: usize,
    pub labels: Vec<u8>,
    /// Each image's index in the original set; absent when a shard simply continues the original order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<usize>>,
}

impl Manifest {
    pub fn new(name: &'static str, cifar: &Cifar, train: Vec<Shard>, test: Vec<Shard>) -> Self {
        let rounded = |values: [f64; 3]| values.map(|value| (value * 1e6).round() / 1e6);
        Self {
            name,
            image: [32, 32, 3],
            classes: CLASSES,
            channel_mean: rounded(cifar.mean),
            channel_deviation: rounded(cifar.deviation),
            train,
            test,
        }
    }

    pub fn to_json(&self) -> Result<String> {
        Ok(serde_json::to_string(self).context("cannot write the manifest")? + "\n")
    }

    pub fn summary(&self) -> String {
        let images = |shards: &[Shard]| shards.iter().map(|shard| shard.labels.len()).sum::<usize>();
        let bytes: usize = self.train.iter().chain(&self.test).map(|shard| shard.bytes).sum();
        format!("{} training and {} test images, {:.1} MB", images(&self.train), images(&self.test), bytes as f64 / 1e6)
    }
}
