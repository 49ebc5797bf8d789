//! `manifest.json` of a dataset folder: what is there, before anything large is fetched.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::language::{text, tr};

/// One file of images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Name inside the manifest's folder: a PNG 32 pixels wide, images stacked downwards.
    pub file: String,
    /// Size of that file.
    pub bytes: u64,
    /// Class of each image, in the order of the file.
    pub labels: Vec<u16>,
}

/// A data set: classes, statistics and shards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DatasetManifest {
    /// For people, for example `CIFAR-10, starter`.
    pub name: String,
    /// `[height, width, channels]`; only `[32, 32, 3]` is supported.
    pub image: [usize; 3],
    /// Names of the classes; labels are indices into it.
    pub classes: Vec<String>,
    /// Mean of each channel over the full training set, pixels scaled to 0–1.
    pub channel_mean: [f32; 3],
    /// Standard deviation of each channel over the full training set, pixels scaled to 0–1.
    pub channel_deviation: [f32; 3],
    /// Files to train on.
    pub train: Vec<Shard>,
    /// Files that training never sees.
    pub test: Vec<Shard>,
    /// Hash of classes, labels and pixels in their order: the same images are the same data set, whatever it is called.
    /// Nothing in data sets of the page, and in those that former pages kept.
    #[serde(default)]
    pub content: Option<String>,
}

/// A manifest that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ManifestError {
    /// Not JSON, or not this JSON.
    #[error("{}", tr!("manifest.json is not a data set's manifest: {reason}", reason = _0))]
    Unreadable(String),
    /// Contents that contradict one another.
    #[error("{}", tr!("manifest.json is wrong: {reason}", reason = _0))]
    Inconsistent(String),
}

impl DatasetManifest {
    /// Ten classes and no shard, for tests.
    #[cfg(test)]
    pub(crate) fn without_images() -> Self {
        Self {
            name: "test".into(),
            image: [32, 32, 3],
            classes: (0..10).map(|class| class.to_string()).collect(),
            channel_mean: [0.5; 3],
            channel_deviation: [0.25; 3],
            train: Vec::new(),
            test: Vec::new(),
            content: None,
        }
    }

    /// # Errors
    /// When the text is no manifest, or says something that cannot be.
    pub fn parse(json: &str) -> Result<Self, ManifestError> {
        let manifest: Self = serde_json::from_str(json).map_err(|error| ManifestError::Unreadable(error.to_string()))?;
        manifest.check()?;
        Ok(manifest)
    }

    /// # Errors
    /// Names what contradicts what.
    pub fn check(&self) -> Result<(), ManifestError> {
        let wrong = |what: String| Err(ManifestError::Inconsistent(what));
        if self.image != [32, 32, 3] {
            let [height, width, channels] = self.image;
            return wrong(tr!("images are {height}×{width}×{channels}, only 32×32×3 can be read", height, width, channels));
        }
        if self.channel_deviation.iter().any(|deviation| !(*deviation > 0.0 && deviation.is_finite())) {
            return wrong(text!("a channel's standard deviation must be above 0").into());
        }
        for shard in self.train.iter().chain(&self.test) {
            if let Some(label) = shard.labels.iter().find(|label| usize::from(**label) >= self.classes.len()) {
                let (file, classes) = (&shard.file, self.classes.len());
                return wrong(tr!("{file} has label {label}, but there are {classes} classes", file, label, classes));
            }
        }
        Ok(())
    }

    /// Training images in all shards.
    pub fn training_images(&self) -> usize {
        self.train.iter().map(|shard| shard.labels.len()).sum()
    }

    /// Held-out images in all shards.
    pub fn held_out_images(&self) -> usize {
        self.test.iter().map(|shard| shard.labels.len()).sum()
    }
}
