//! Which images of its data set a run takes: known before any is fetched.

use thiserror::Error;

use crate::dataset::{ClassChoice, DatasetManifest, IMAGE_BYTES, LabelledImages, Shard, choose_subset, choose_validation, decode_shard};

/// Which images of a data set a run takes.
#[derive(Debug, Clone, Copy)]
pub struct ImageSelection<'a> {
    /// The data set.
    pub dataset: &'a DatasetManifest,
    /// Classes that take part; empty means all.
    pub classes: &'a ClassChoice,
    /// Images to learn from, those to validate with included.
    pub training_images: usize,
    /// Images of the training set to validate with.
    pub validation_images: usize,
    /// Images of the test set to measure with.
    pub held_out_images: usize,
    /// Decides which training images are taken and which of them validate.
    pub seed: u64,
}

/// Images that cannot be chosen or read, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct UnusableImages(pub String);

/// How many images a run has, before all of them are there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImageCounts {
    /// To learn from, of each part in which they come.
    pub parts: Vec<usize>,
    /// To validate with.
    pub validation: usize,
}

/// Images of a part of a run.
#[derive(Debug, Default)]
pub struct Part {
    /// To learn from.
    pub learnt: LabelledImages,
    /// To validate with.
    pub validation: LabelledImages,
    /// To measure with, of the test set.
    pub held_out: LabelledImages,
}

impl Part {
    /// Adds another part's.
    pub fn append(&mut self, other: &Self) {
        self.learnt.append(&other.learnt);
        self.validation.append(&other.validation);
        self.held_out.append(&other.held_out);
    }
}

/// A shard that is still to be fetched, and the images to take from it.
#[derive(Debug)]
pub struct PartToCome {
    /// Its file.
    pub shard: Shard,
    /// In the order of the shard.
    pub chosen: Vec<Chosen>,
}

/// An image of a run.
#[derive(Debug)]
pub struct Chosen {
    /// Its place in the shard.
    pub place: usize,
    /// Index into the chosen classes.
    pub label: u16,
    /// What it is for.
    pub purpose: Purpose,
}

/// What an image of a run is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The network learns from it.
    Learn,
    /// The network is measured on it while it trains: settings may follow from that.
    Validate,
    /// The network is measured on it, and nothing follows.
    HeldOut,
}

impl PartToCome {
    /// Its images, once the file is there.
    ///
    /// # Errors
    /// Names a file that is not what the manifest says.
    pub fn take(&self, file: &[u8]) -> Result<Part, UnusableImages> {
        let pixels = decode_shard(&self.shard.file, file, self.shard.labels.len()).map_err(unusable)?;
        let mut part = Part::default();
        for Chosen { place, label, purpose } in &self.chosen {
            let images = match purpose {
                Purpose::Learn => &mut part.learnt,
                Purpose::Validate => &mut part.validation,
                Purpose::HeldOut => &mut part.held_out,
            };
            images.pixels.extend_from_slice(&pixels[place * IMAGE_BYTES..(place + 1) * IMAGE_BYTES]);
            images.labels.push(*label);
        }
        Ok(part)
    }
}

/// Which images are learnt from and validated with, known before any is fetched.
///
/// # Errors
/// When the data set is damaged or has not that many images.
pub fn training_parts(selection: &ImageSelection) -> Result<(Vec<PartToCome>, ImageCounts), UnusableImages> {
    selection.dataset.check().map_err(unusable)?;
    let mut parts = choose(&selection.dataset.train, selection, selection.training_images, selection.seed, Purpose::Learn)?;
    let labels: Vec<u16> = parts.iter().flat_map(|part| &part.chosen).map(|chosen| chosen.label).collect();
    let validation = choose_validation(&labels, selection.validation_images, selection.seed).map_err(unusable)?;
    let mut places = validation.iter().copied().peekable();
    for (place, chosen) in parts.iter_mut().flat_map(|part| &mut part.chosen).enumerate() {
        if places.next_if_eq(&place).is_some() {
            chosen.purpose = Purpose::Validate;
        }
    }
    let learnt = |part: &PartToCome| part.chosen.iter().filter(|chosen| chosen.purpose == Purpose::Learn).count();
    let counts = ImageCounts { parts: parts.iter().map(learnt).collect(), validation: validation.len() };
    Ok((parts, counts))
}

/// The shards with the images to measure with, and which those are. They do not depend on the seed: runs are compared on the
/// same ones.
///
/// # Errors
/// As [`training_parts`].
pub fn held_out_parts(selection: &ImageSelection) -> Result<Vec<PartToCome>, UnusableImages> {
    choose(&selection.dataset.test, selection, selection.held_out_images, 0, Purpose::HeldOut)
}

/// The shards to fetch and the images to take from them.
fn choose(
    shards: &[Shard],
    selection: &ImageSelection,
    count: usize,
    seed: u64,
    purpose: Purpose,
) -> Result<Vec<PartToCome>, UnusableImages> {
    let classes = selection.classes.of(selection.dataset.classes.len());
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
            chosen.push(Chosen { place, label, purpose });
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

fn unusable(error: impl std::fmt::Display) -> UnusableImages {
    UnusableImages(error.to_string())
}
