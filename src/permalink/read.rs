//! A query as an experiment.

use crate::dataset::ClassChoice;
use crate::spec::{Depth, DepthRule, START_FILTERS, SpecError};

use super::reader::{Reader, quote};
use super::{DeviceChoice, Experiment, LINK_VERSION, MOST_HELD_OUT_IMAGES, MOST_TRAINING_IMAGES, Theme, ViewOptions, keys};

/// Batch norm needs two images to have a variance; more than 512 will not fit common devices.
const BATCH_SIZES: std::ops::RangeInclusive<u64> = 2..=512;
const EPOCHS: std::ops::RangeInclusive<u64> = 1..=1000;
/// Most classes a network can tell apart, hence the largest class number plus one.
const MOST_CLASSES: u16 = 1000;

/// What a link says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Link {
    /// An experiment that can be built and trained.
    pub experiment: Experiment,
    /// How the page shows itself.
    pub view: ViewOptions,
    /// Sentences for the user about what was replaced, brought into its limits or ignored.
    pub notices: Vec<String>,
}

/// Reads any text as a query, with or without `?`. The network it gives always makes a `ResNetSpec`,
/// and the hyperparameters always pass their check.
pub fn read(query: &str) -> Link {
    let mut reader = Reader::new(query, &keys::ALL);
    read_version(&mut reader);
    let mut experiment = Experiment::default();
    read_network(&mut reader, &mut experiment);
    read_training(&mut reader, &mut experiment);
    experiment.device = reader.word(keys::DEVICE, &DeviceChoice::ALL, DeviceChoice::word).unwrap_or_default();
    let embed = reader.word(keys::EMBED, &[true, false], |embed| if embed { "1" } else { "0" }).unwrap_or_default();
    let theme = reader.word(keys::THEME, &Theme::ALL, Theme::word).unwrap_or_default();
    Link { experiment, view: ViewOptions { embed, theme }, notices: reader.notices }
}

fn read_version(reader: &mut Reader) {
    let Some(version) = reader.text(keys::VERSION) else { return };
    if version != LINK_VERSION.to_string() {
        let version = quote(version);
        reader.notices.push(format!(
            "The link was made for version {version} of this page, which is version {LINK_VERSION}: some of it may be lost."
        ));
    }
}

fn read_network(reader: &mut Reader, experiment: &mut Experiment) {
    let network = &mut experiment.network;
    if let Some(asked) = reader.whole_number(keys::DEPTH, 0..=u64::MAX) {
        network.depth = nearest_depth(reader, usize::try_from(asked).unwrap_or(usize::MAX)).layers();
    }
    if let Some(filters) = reader.whole_number(keys::FILTERS, *START_FILTERS.start() as u64..=*START_FILTERS.end() as u64) {
        network.start_filters = filters as usize;
    }
    let skips = reader.word(keys::SKIPS, &[true, false], |on| if on { "on" } else { "off" });
    network.skip_connections = skips.unwrap_or(network.skip_connections);
    if let Some(classes) = read_classes(reader) {
        network.classes = classes.0.len();
        experiment.classes = classes;
    }
}

fn nearest_depth(reader: &mut Reader, asked: usize) -> Depth {
    match Depth::new(asked, DepthRule::default()) {
        Ok(depth) => depth,
        Err(error) => {
            let (below, above) = DepthRule::default().around(asked);
            // Nine is odd: no depth lies in the middle of two others.
            let nearer = if asked.abs_diff(below.layers()) <= asked.abs_diff(above.layers()) { below } else { above };
            let sentence = match error {
                SpecError::Depth { below, above, .. } if below == above => format!("{error}."),
                _ => format!("{error}. The nearer one, {}, is used.", nearer.layers()),
            };
            reader.notices.push(format!("The link asks for depth {asked}, but {sentence}"));
            nearer
        }
    }
}

/// Classes in rising order, each once; nothing when all take part.
fn read_classes(reader: &mut Reader) -> Option<ClassChoice> {
    let text = reader.text(keys::CLASSES)?.to_string();
    let wanted = "numbers from 0 joined by hyphens, as in 0-3-5";
    let numbers: Result<Vec<u16>, _> = text.split('-').map(str::parse).collect();
    let Ok(mut classes) = numbers else { return reader.unusable(keys::CLASSES, &text, wanted) };
    classes.sort_unstable();
    classes.dedup();
    if classes.last().is_some_and(|class| *class >= MOST_CLASSES) {
        return reader.unusable(keys::CLASSES, &text, wanted);
    }
    if classes.len() < 2 {
        reader.notices.push("The link chooses one class, which leaves nothing to tell apart: all classes are used.".into());
        return None;
    }
    Some(ClassChoice(classes))
}

fn read_training(reader: &mut Reader, experiment: &mut Experiment) {
    let training = &mut experiment.hyperparameters;
    if let Some(images) = reader.whole_number(keys::IMAGES, *BATCH_SIZES.start()..=MOST_TRAINING_IMAGES as u64) {
        training.training_images = images as usize;
    }
    if let Some(images) = reader.whole_number(keys::HELD_OUT, 1..=MOST_HELD_OUT_IMAGES as u64) {
        training.held_out_images = images as usize;
    }
    if let Some(batch_size) = reader.whole_number(keys::BATCH, BATCH_SIZES) {
        training.batch_size = batch_size as usize;
    }
    if training.batch_size > training.training_images {
        let (batch_size, images) = (training.batch_size, training.training_images);
        reader.notices.push(format!("{images} training images do not fill a batch of {batch_size}: the batch size is {images}."));
        training.batch_size = images;
    }
    let rate = reader.decimal(keys::RATE, |rate| rate > 0.0 && rate <= 1.0, 1.0, "a number above 0 and at most 1");
    training.learning_rate = rate.unwrap_or(training.learning_rate);
    if let Some(epochs) = reader.whole_number(keys::EPOCHS, EPOCHS) {
        training.epochs = epochs as usize;
    }
    let l2 = reader.decimal(keys::L2, |l2| (0.0..=1.0).contains(&l2), 1.0, "a number from 0 to 1");
    training.l2 = l2.unwrap_or(training.l2);
    training.seed = reader.whole_number(keys::SEED, 0..=u64::MAX).unwrap_or(training.seed);
}
