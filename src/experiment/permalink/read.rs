//! A query as an experiment.

use crate::dataset::{ClassChoice, STARTER, is_name};
use crate::experiment::hyperparameters::{Hyperparameters, TRAINING_OPTIONS, TrainingOption, TrainingValue};
use crate::spec::{DROPOUT, DepthError, Named, NetworkChoices, NetworkOption, OPTIONS, OptionKind, SpecError};

use super::query::{pairs, query_of};
use super::read_view::read_view;
use super::reader::Reader;
use super::trackers::is_tracker;
use super::{FromAuthor, LINK_VERSION, ViewOptions, keys};
use crate::dataset::limits::{MOST_HELD_OUT_IMAGES, MOST_TRAINING_IMAGES};
use crate::experiment::hyperparameters::limits::{BATCH_SIZE, DECAY, EPOCHS, L2, LEARNING_RATE};
use crate::experiment::{DeviceChoice, Experiment, options};
use crate::language::format::quoted;
use crate::language::{text, tr};

/// What a link says.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// An experiment that can be built and trained.
    pub experiment: Experiment,
    /// How the page shows itself.
    pub view: ViewOptions,
    /// Whether it asks for the tour of the page. No link that the page writes does.
    pub tour: bool,
    /// A goal and a curve of the author's.
    pub from_author: FromAuthor,
    /// Sentences for the user about what was replaced, brought into its limits or ignored.
    pub notices: Vec<String>,
}

/// One that says nothing.
impl Default for Link {
    fn default() -> Self {
        let (experiment, view, from_author) = (Experiment::first(), ViewOptions::default(), FromAuthor::default());
        Self { experiment, view, tour: false, from_author, notices: Vec::new() }
    }
}

/// Reads any text as a query, with or without `?`. The network it gives always makes a `ResNetSpec`,
/// and the hyperparameters always pass their check.
pub fn read(query: &str) -> Link {
    let mut reader = Reader::new(query, &known_keys());
    read_version(&mut reader);
    // A lesson brings its own experiment and keeps the device: a link to it may name one.
    let of_lesson = reader.text(keys::LESSON).map(|_| keys::DEVICE);
    let is_beside = |key: &str| keys::BESIDE_IT.contains(&key) || of_lesson == Some(key);
    let begins = if reader.says_only(is_beside) { Experiment::first() } else { Experiment::default() };
    let mut experiment = Experiment { data: read_data(&mut reader), ..begins };
    // One that the page wrote says it, or comes from a former page, which left the usual number out.
    if experiment.has_own_data() && reader.text(keys::VERSION).is_none() {
        let training = &mut experiment.hyperparameters;
        (training.training_images, training.held_out_images) = (MOST_TRAINING_IMAGES, MOST_HELD_OUT_IMAGES);
    }
    read_network(&mut reader, &mut experiment);
    read_training(&mut reader, &mut experiment);
    experiment.device = reader.word(keys::DEVICE, DeviceChoice::ALL, DeviceChoice::name).unwrap_or_default();
    let view = read_view(&mut reader);
    let tour = reader.word(keys::TOUR, &[true, false], |tour| if tour { "1" } else { "0" }).unwrap_or_default();
    let from_author = FromAuthor::read(&mut reader);
    Link { experiment, view, tour, from_author, notices: reader.notices }
}

fn known_keys() -> Vec<&'static str> {
    let network = OPTIONS.iter().map(|option| option.key).filter(|key| *key != keys::CLASS_COUNT);
    let training = TRAINING_OPTIONS.iter().map(|option| option.key);
    network.chain(training).chain(keys::OTHERS).chain(keys::BESIDE_IT).collect()
}

/// Whether a query is that of a page like this one, wherever it is served, rather than of some other page whose keys happen to be
/// called as ours are: most of it is about an experiment and can be used.
pub fn is_link(query: &str) -> bool {
    let known = known_keys();
    let said: Vec<(String, String)> = pairs(query, |key| known.contains(&key)).into_iter().filter(|(key, _)| !is_tracker(key)).collect();
    let is_ours = |(key, value): &&(String, String)| match key.as_str() {
        keys::VERSION => *value == LINK_VERSION.to_string(),
        key => known.contains(&key) && !keys::BESIDE_IT.contains(&key),
    };
    let ours = said.iter().filter(is_ours).count();
    let strange = said.iter().filter(|(key, _)| !known.contains(&key.as_str())).count();
    let unusable = read(query).notices.len() - usize::from(strange > 0);
    strange <= ours && unusable < ours
}

/// The experiment of a link that a browser has kept. Earlier pages kept nothing of the tutorial's.
pub fn read_kept(link: &str) -> Experiment {
    if link.is_empty() { Experiment::default() } else { read(link).experiment }
}

/// The experiment of the link of a kept run, whatever page it leads to.
pub fn experiment_of(link: &str) -> Experiment {
    read_kept(&query_of(link).unwrap_or_default())
}

fn read_version(reader: &mut Reader) {
    let Some(version) = reader.text(keys::VERSION) else { return };
    if version != LINK_VERSION.to_string() {
        reader.notices.push(tr!(
            "The link was made for version {version} of this page, which is version {own}: some of it may be lost.",
            version = quoted(version),
            own = LINK_VERSION
        ));
    }
}

/// The name of a data set; whether it is in this browser only the page can tell.
fn read_data(reader: &mut Reader) -> String {
    let Some(name) = reader.text(keys::DATA).map(str::to_lowercase) else { return String::new() };
    if name == STARTER || is_name(&name) {
        return name;
    }
    reader.unusable(keys::DATA, &name, text!("the name of a data set, as in my-pets")).unwrap_or_default()
}

fn read_network(reader: &mut Reader, experiment: &mut Experiment) {
    if let Some(classes) = read_classes(reader) {
        experiment.network.classes = classes.0.len();
        experiment.classes = classes;
    }
    for option in OPTIONS.iter().filter(|option| option.key != keys::CLASS_COUNT) {
        read_option(reader, option, &mut experiment.network);
    }
    let network = &experiment.network;
    if !network.blocks_in_stages.is_empty() && reader.text("depth").is_some_and(|depth| depth != network.depth.to_string()) {
        let depth = network.depth;
        reader.notices.push(tr!("The link asks for another depth than its blocks add up to: {depth} is used.", depth));
    }
    let (spec, errors) = experiment.network.clone().nearest();
    for error in errors {
        reader.notices.push(match error {
            SpecError::Depth(DepthError { given, rule, below, above }) if below != above => {
                let nearest = rule.nearest(given).layers();
                tr!("The link asks for depth {given}, but {error}. The nearer one, {nearest}, is used.", given, error, nearest)
            }
            SpecError::Depth(DepthError { given, .. }) => {
                // A negative one is 0 by now.
                let given = reader.text("depth").map_or_else(|| given.to_string(), quoted);
                tr!("The link asks for depth {given}, but {error}.", given, error)
            }
            _ => tr!("The link asks for a network that cannot be built: {error}. The nearest is used.", error),
        });
    }
    experiment.network = spec.choices().clone();
}

fn read_option(reader: &mut Reader, option: &NetworkOption, network: &mut NetworkChoices) {
    let text = match option.kind() {
        // Depths are brought to their rule, which names the neighbours.
        OptionKind::Count(_) if option.key == "depth" => reader.any_whole_number(option.key).map(|depth| depth.to_string()),
        OptionKind::Count(range) => {
            reader.whole_number(option.key, *range.start() as u64..=*range.end() as u64).map(|count| count.to_string())
        }
        OptionKind::Share => {
            reader.decimal(option.key, |share| DROPOUT.contains(&share), DROPOUT, &option.wanted()).map(|share| share.to_string())
        }
        OptionKind::Blocks | OptionKind::CountOfEachStage => reader.list(option.key),
        OptionKind::Switch | OptionKind::Word(_) => reader.named(option.key),
    };
    let Some(text) = text else { return };
    if option.set(network, &text).is_none() {
        reader.unusable::<()>(option.key, &text, &option.wanted());
    }
}

/// Classes in rising order, each once; nothing when all take part.
fn read_classes(reader: &mut Reader) -> Option<ClassChoice> {
    let text = reader.list(keys::CLASSES)?;
    if text == options::ALL_CLASSES {
        return None;
    }
    let wanted = text!("numbers from 0 joined by hyphens, as in 0-3-5");
    let numbers: Result<Vec<u16>, _> = text.split('-').map(str::parse).collect();
    let Ok(mut classes) = numbers else { return reader.unusable(keys::CLASSES, &text, wanted) };
    classes.sort_unstable();
    classes.dedup();
    if classes.last().is_some_and(|class| *class >= options::MOST_CLASSES) {
        return reader.unusable(keys::CLASSES, &text, wanted);
    }
    if classes.len() < 2 {
        let sentence = text!("The link chooses one class, which leaves nothing to tell apart: all classes are used.");
        reader.notices.push(sentence.into());
        return None;
    }
    Some(ClassChoice(classes))
}

fn read_training(reader: &mut Reader, experiment: &mut Experiment) {
    let training = &mut experiment.hyperparameters;
    if let Some(images) = reader.whole_number(keys::IMAGES, *BATCH_SIZE.range.start() as u64..=MOST_TRAINING_IMAGES as u64) {
        training.training_images = images as usize;
    }
    if let Some(images) = reader.whole_number(keys::HELD_OUT, 1..=MOST_HELD_OUT_IMAGES as u64) {
        training.held_out_images = images as usize;
    }
    for limit in [&BATCH_SIZE, &LEARNING_RATE, &EPOCHS, &L2, &DECAY] {
        let given = if limit.is_whole {
            let range = limit.whole_range();
            reader.whole_number(limit.key, *range.start() as u64..=*range.end() as u64).map(|number| number as f64)
        } else {
            reader.decimal(limit.key, |number| limit.allows(number), limit.range.clone(), &limit.wanted())
        };
        if let Some(given) = given {
            limit.set(training, given);
        }
    }
    training.seed = reader.whole_number(keys::SEED, 0..=u64::MAX).unwrap_or(training.seed);
    for option in TRAINING_OPTIONS {
        read_training_option(reader, option, training);
    }
    let (nearest, errors) = training.nearest();
    for error in errors {
        reader.notices.push(tr!("The link asks for training that cannot be done: {error}. The nearest is used.", error));
    }
    *training = nearest;
}

fn read_training_option(reader: &mut Reader, option: &TrainingOption, training: &mut Hyperparameters) {
    let text = match option.kind() {
        TrainingValue::Count(range) => {
            reader.whole_number(option.key, *range.start() as u64..=*range.end() as u64).map(|count| count.to_string())
        }
        TrainingValue::Decimal(range) => {
            let number = reader.decimal(option.key, |number| range.contains(&number), range.clone(), &option.wanted());
            number.map(|number| number.to_string())
        }
        TrainingValue::Epochs => reader.list(option.key),
        TrainingValue::Switch | TrainingValue::Word(_) => reader.named(option.key),
    };
    let Some(text) = text else { return };
    if option.set(training, &text).is_none() {
        reader.unusable::<()>(option.key, &text, &option.wanted());
    }
}
