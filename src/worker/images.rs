//! Chooses, fetches and decodes the images of a run.

use super::Host;
use super::arriving_images::{ArrivingImages, Chosen, Part, PartToCome};
use crate::dataset::{LabelledImages, Shard, choose_subset, choose_validation};
use crate::protocol::{Phase, RunRequest, TrainError, TrainEvent};
use crate::training::ImageCounts;

/// Images of a run.
pub(super) struct RunImages<'a, H> {
    /// Those of its training images that are there.
    pub first: Part,
    /// The others.
    pub arriving: ArrivingImages<'a, H>,
    /// How many there are in all.
    pub counts: ImageCounts,
    /// From the data set's own test images.
    pub held_out: LabelledImages,
}

/// How many training images a run waits for before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WaitFor {
    FirstPart,
    All,
}

/// Loads training images and those to measure with, telling the page how far it is.
///
/// # Errors
/// When the images cannot be chosen, fetched or decoded.
pub(super) async fn load<'a, H: Host>(host: &'a H, request: &RunRequest, wait: WaitFor) -> Result<RunImages<'a, H>, TrainError> {
    let (mut training, counts) = training_parts(request)?;
    // Held-out images do not depend on the seed: runs are compared on the same ones.
    let held_out = choose(&request.dataset.test, request, request.hyperparameters.held_out_images, 0)?;
    let later = if wait == WaitFor::All { Vec::new() } else { training.split_off(training.len().min(1)) };
    let mut progress = Progress::new(host, training.iter().chain(&held_out));
    let first = progress.fetch(&request.dataset_url, training).await?;
    let held_out = progress.fetch(&request.dataset_url, held_out).await?.learnt;
    Ok(RunImages { first, arriving: ArrivingImages::new(host, &request.dataset_url, later), counts, held_out })
}

/// Loads all training images alone.
///
/// # Errors
/// As [`load`].
pub(super) async fn load_training<H: Host>(host: &H, request: &RunRequest) -> Result<LabelledImages, TrainError> {
    let (parts, _) = training_parts(request)?;
    Ok(Progress::new(host, parts.iter()).fetch(&request.dataset_url, parts).await?.learnt)
}

pub(super) fn unusable(error: impl std::fmt::Display) -> TrainError {
    TrainError::Images { reason: error.to_string() }
}

/// Which images are learnt from and validated with, known before any is fetched.
fn training_parts(request: &RunRequest) -> Result<(Vec<PartToCome>, ImageCounts), TrainError> {
    request.dataset.check().map_err(unusable)?;
    let settings = &request.hyperparameters;
    let mut parts = choose(&request.dataset.train, request, settings.training_images, settings.seed)?;
    let labels: Vec<u16> = parts.iter().flat_map(|part| &part.chosen).map(|chosen| chosen.label).collect();
    let validation = choose_validation(&labels, settings.watching.validation_images, settings.seed).map_err(unusable)?;
    let mut places = validation.iter().copied().peekable();
    for (place, chosen) in parts.iter_mut().flat_map(|part| &mut part.chosen).enumerate() {
        chosen.validates = places.next_if_eq(&place).is_some();
    }
    let learnt = |part: &PartToCome| part.chosen.iter().filter(|chosen| !chosen.validates).count();
    let counts = ImageCounts { parts: parts.iter().map(learnt).collect(), validation: validation.len() };
    Ok((parts, counts))
}

/// The shards to fetch and the images to take from them.
fn choose(shards: &[Shard], request: &RunRequest, count: usize, seed: u64) -> Result<Vec<PartToCome>, TrainError> {
    let classes = request.classes.of(request.dataset.classes.len());
    let shards = &shards[..shards_needed(shards, &classes, count)];
    let labels: Vec<u16> = shards.iter().flat_map(|shard| shard.labels.iter().copied()).collect();
    let mut places = choose_subset(&labels, &classes, count, seed).map_err(unusable)?.into_iter().peekable();
    let mut first_place = 0;
    let part = |shard: &Shard| {
        let start = first_place;
        first_place += shard.labels.len();
        let mut chosen = Vec::new();
        while let Some(place) = places.next_if(|place| place - start < shard.labels.len()) {
            let place = place - start;
            let label = classes.iter().position(|class| *class == shard.labels[place]).unwrap_or_default() as u16;
            chosen.push(Chosen { place, label, validates: false });
        }
        PartToCome { shard: shard.clone(), chosen }
    };
    let mut parts: Vec<PartToCome> = shards.iter().map(part).collect();
    parts.retain(|part| !part.chosen.is_empty());
    Ok(parts)
}

/// As few shards, from the first on, as hold enough images of every class: a small run need not
/// wait for all of CIFAR.
fn shards_needed(shards: &[Shard], classes: &[u16], count: usize) -> usize {
    let per_class = count.div_ceil(classes.len().max(1));
    let enough = |needed: &usize| {
        let held = |class: &u16| shards[..*needed].iter().flat_map(|shard| &shard.labels).filter(|label| *label == class).count();
        classes.iter().all(|class| held(class) >= per_class)
    };
    (0..shards.len()).find(enough).unwrap_or(shards.len())
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
            all.append(&part.take(&bytes.map_err(unusable)?)?);
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
