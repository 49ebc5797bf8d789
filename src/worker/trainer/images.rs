//! Fetches and decodes the images of a run.

use super::Host;
use super::arriving_images::ArrivingImages;
use crate::dataset::LabelledImages;
use crate::dataset::split::{ImageCounts, Part, PartToCome, held_out_parts, training_parts};
use crate::experiment::{RunRequest, TrainError};
use crate::protocol::{Phase, TrainEvent};

/// Images of a run.
pub(super) struct RunImages<'a, H> {
    /// Those of its training images that are there.
    pub first: Part,
    /// The others, those of the test set last: no step needs them before the end of an epoch.
    pub arriving: ArrivingImages<'a, H>,
    /// How many there are to train with in all.
    pub counts: ImageCounts,
    /// How many there are to measure with in all.
    pub held_out_images: usize,
}

/// How many images a run waits for before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WaitFor {
    FirstPart,
    All,
}

/// Loads the images that are waited for, telling the page how far it is.
///
/// # Errors
/// When the images cannot be chosen, fetched or decoded.
pub(super) async fn load<'a, H: Host>(host: &'a H, request: &RunRequest, wait: WaitFor) -> Result<RunImages<'a, H>, TrainError> {
    let (mut parts, counts) = training_parts(&request.images())?;
    let held_out = held_out_parts(&request.images())?;
    let held_out_images = held_out.iter().map(|part| part.chosen.len()).sum();
    parts.extend(held_out);
    let later = if wait == WaitFor::All { Vec::new() } else { parts.split_off(parts.len().min(1)) };
    let first = Progress::new(host, parts.iter()).fetch(&request.dataset_url, parts).await?;
    Ok(RunImages { first, arriving: ArrivingImages::new(host, &request.dataset_url, later), counts, held_out_images })
}

/// Loads all training images alone.
///
/// # Errors
/// As [`load`].
pub(super) async fn load_training<H: Host>(host: &H, request: &RunRequest) -> Result<LabelledImages, TrainError> {
    let (parts, _) = training_parts(&request.images())?;
    Ok(Progress::new(host, parts.iter()).fetch(&request.dataset_url, parts).await?.learnt)
}

/// Tells the page about ten times a second how much has arrived.
struct Progress<'a, H> {
    host: &'a H,
    received_bytes: u64,
    total_bytes: u64,
    told_at_ms: f64,
}

impl<'a, H: Host> Progress<'a, H> {
    /// Of the fetching of these.
    fn new<'p>(host: &'a H, parts: impl Iterator<Item = &'p PartToCome>) -> Self {
        let total_bytes = parts.map(|part| part.shard.bytes).sum();
        Self { host, received_bytes: 0, total_bytes, told_at_ms: f64::NEG_INFINITY }
    }

    /// Fetches images, one part after the other.
    async fn fetch(&mut self, folder: &str, parts: Vec<PartToCome>) -> Result<Part, TrainError> {
        let mut all = Part::default();
        for part in parts {
            let before = self.received_bytes;
            let url = format!("{folder}{}", part.shard.file);
            let bytes = self.host.fetch(&url, &mut |received| self.tell(before + received)).await;
            all.append(&part.take(&bytes.map_err(TrainError::images)?)?);
            self.tell(before + part.shard.bytes);
        }
        Ok(all)
    }

    fn tell(&mut self, received_bytes: u64) {
        self.received_bytes = received_bytes;
        let now = self.host.now_ms();
        if now - self.told_at_ms >= 100.0 || received_bytes >= self.total_bytes {
            self.told_at_ms = now;
            let (received_bytes, total_bytes) = (received_bytes.min(self.total_bytes), self.total_bytes);
            self.host.send(&TrainEvent::Phase(Phase::LoadingImages { received_bytes, total_bytes }));
        }
    }
}
