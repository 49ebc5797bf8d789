//! Fetches and decodes the images of a run.

use super::Host;
use crate::dataset::{IMAGE_BYTES, LabelledImages, Shard, choose_subset, choose_validation, decode_shard};
use crate::hyperparameters::Hyperparameters;
use crate::protocol::{Phase, RunRequest, TrainError, TrainEvent};

/// Images of a run.
pub(super) struct RunImages {
    /// To learn from.
    pub training: LabelledImages,
    /// Taken from the training images to validate with; may be none.
    pub validation: LabelledImages,
    /// From the data set's own test images.
    pub held_out: LabelledImages,
}

/// Loads the images of `request`, telling the page how far it is.
///
/// # Errors
/// When the images cannot be chosen, fetched or decoded.
pub(super) async fn load<H: Host>(host: &H, request: &RunRequest) -> Result<RunImages, TrainError> {
    let dataset = &request.dataset;
    dataset.check().map_err(unusable)?;
    let classes = request.classes.of(dataset.classes.len());
    let training = Wanted::choose(&dataset.train, &classes, request.hyperparameters.training_images, request.hyperparameters.seed)?;
    // Held-out images do not depend on the seed: runs are compared on the same ones.
    let held_out = Wanted::choose(&dataset.test, &classes, request.hyperparameters.held_out_images, 0)?;
    let mut progress =
        Progress { host, received_bytes: 0, total_bytes: training.bytes() + held_out.bytes(), told_at_ms: f64::NEG_INFINITY };
    let mut training = training.fetch(host, &request.dataset_url, &mut progress).await?;
    let held_out = held_out.fetch(host, &request.dataset_url, &mut progress).await?;
    let Hyperparameters { watching, seed, .. } = request.hyperparameters;
    let validation = choose_validation(&training.labels, watching.validation_images, seed).map_err(unusable)?;
    let validation = training.take_out(&validation);
    Ok(RunImages { training, validation, held_out })
}

/// Loads the training images alone.
///
/// # Errors
/// As [`load`].
pub(super) async fn load_training<H: Host>(host: &H, request: &RunRequest) -> Result<LabelledImages, TrainError> {
    let dataset = &request.dataset;
    dataset.check().map_err(unusable)?;
    let classes = request.classes.of(dataset.classes.len());
    let training = Wanted::choose(&dataset.train, &classes, request.hyperparameters.training_images, request.hyperparameters.seed)?;
    let mut progress = Progress { host, received_bytes: 0, total_bytes: training.bytes(), told_at_ms: f64::NEG_INFINITY };
    training.fetch(host, &request.dataset_url, &mut progress).await
}

fn unusable(error: impl std::fmt::Display) -> TrainError {
    TrainError::Images { reason: error.to_string() }
}

/// The shards to fetch and the images to take from them.
struct Wanted<'a> {
    shards: &'a [Shard],
    /// Places among the images of `shards`, rising.
    places: Vec<usize>,
    classes: Vec<u16>,
}

impl<'a> Wanted<'a> {
    fn choose(shards: &'a [Shard], classes: &[u16], count: usize, seed: u64) -> Result<Self, TrainError> {
        let shards = &shards[..shards_needed(shards, classes, count)];
        let labels: Vec<u16> = shards.iter().flat_map(|shard| shard.labels.iter().copied()).collect();
        let places = choose_subset(&labels, classes, count, seed).map_err(unusable)?;
        Ok(Self { shards, places, classes: classes.to_vec() })
    }

    fn bytes(&self) -> u64 {
        self.shards.iter().map(|shard| shard.bytes).sum()
    }

    async fn fetch<H: Host>(self, host: &H, folder: &str, progress: &mut Progress<'_, H>) -> Result<LabelledImages, TrainError> {
        let mut images = LabelledImages::default();
        let mut places = self.places.iter().copied().peekable();
        let mut first_place = 0;
        for shard in self.shards {
            let end = first_place + shard.labels.len();
            let before = progress.received_bytes;
            let bytes = host.fetch(&format!("{folder}{}", shard.file), &mut |received| progress.tell(before + received)).await;
            let pixels = decode_shard(&shard.file, &bytes.map_err(unusable)?, shard.labels.len()).map_err(unusable)?;
            progress.tell(before + shard.bytes);
            while let Some(place) = places.next_if(|place| *place < end) {
                let index = place - first_place;
                images.pixels.extend_from_slice(&pixels[index * IMAGE_BYTES..(index + 1) * IMAGE_BYTES]);
                let class = self.classes.iter().position(|class| *class == shard.labels[index]);
                images.labels.push(class.unwrap_or_default() as u16);
            }
            first_place = end;
        }
        Ok(images)
    }
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

impl<H: Host> Progress<'_, H> {
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
