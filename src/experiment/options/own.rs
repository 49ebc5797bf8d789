//! Options that are neither the network's nor a rule of training: images, seed, device, and the plain numbers of training.

use crate::dataset::limits::{MOST_HELD_OUT_IMAGES, MOST_TRAINING_IMAGES};
use crate::dataset::{ClassChoice, STARTER, is_name};
use crate::experiment::hyperparameters::limits::{BATCH_SIZE, DECAY, EPOCHS, L2, LEARNING_RATE};
use crate::experiment::{DeviceChoice, Experiment};
use crate::language::format::{read_decimal, shortest_decimal};
use crate::language::{marked, text};
use crate::spec::Named;

use super::definition::Own;
use super::{Choice, OptionDefinition, OptionGroup, OptionKind};

/// Most classes a network can tell apart, hence the largest class number plus one.
pub const MOST_CLASSES: u16 = 1000;

/// Value of the classes when all take part.
pub const ALL: &str = "all";
/// Value of the data set when it is the page's own.
const USUAL: &str = "usual";

/// An option that is a plain number of the hyperparameters.
macro_rules! number {
    ($key:literal, $label:expr, $help:expr, $group:ident, $kind:expr, $field:ident, $text:path, $parse:path) => {
        OptionDefinition::own(
            $key,
            $label,
            $help,
            OptionGroup::$group,
            Own {
                kind: || $kind,
                text: |experiment| $text(experiment.hyperparameters.$field),
                set: |experiment, text| $parse(text).map(|value| experiment.hyperparameters.$field = value),
            },
        )
    };
}

/// Those that a link writes before the choices of training.
pub(super) fn before_training() -> Vec<OptionDefinition> {
    vec![
        OptionDefinition::own(
            "data",
            marked!("Data set"),
            marked!("Images that are trained on: those of the page, or a data set of your own."),
            OptionGroup::Data,
            Own { kind: || OptionKind::Text(text!("the name of a data set, as in my-pets")), text: data, set: set_data },
        ),
        number!(
            "images",
            marked!("Training images"),
            marked!("Images the network learns from, drawn evenly from the classes by seed."),
            Data,
            OptionKind::whole(*BATCH_SIZE.whole_range().start()..=MOST_TRAINING_IMAGES),
            training_images,
            written,
            whole
        ),
        number!(
            "held-out",
            marked!("Held-out images"),
            marked!("Images the network never learns from. Its accuracy is measured on them after every epoch."),
            Data,
            OptionKind::whole(1..=MOST_HELD_OUT_IMAGES),
            held_out_images,
            written,
            whole
        ),
        OptionDefinition::own(
            "classes",
            marked!("Classes"),
            marked!("Classes that take part, by number from 0."),
            OptionGroup::Data,
            Own {
                kind: || OptionKind::Text(text!("numbers from 0 joined by hyphens, as in 0-3-5, or all")),
                text: classes,
                set: set_classes,
            },
        ),
        number!(
            "batch",
            marked!("Batch size"),
            marked!(
                "Images in one training step. More take more memory and give a smoother gradient. The last step of an epoch has the \
                 images that are left, as in Keras; a single one teaches little."
            ),
            Training,
            OptionKind::of(&BATCH_SIZE),
            batch_size,
            written,
            whole
        ),
        number!(
            "rate",
            marked!("Learning rate"),
            marked!("Step length. Too large diverges, too small crawls."),
            Training,
            OptionKind::of(&LEARNING_RATE),
            learning_rate,
            shortest_decimal,
            decimal
        ),
        number!(
            "epochs",
            marked!("Epochs"),
            marked!("Passes over all training images."),
            Training,
            OptionKind::of(&EPOCHS),
            epochs,
            written,
            whole
        ),
        number!(
            "l2",
            marked!("L2 penalty"),
            marked!("Weight of the squared convolution kernels in the loss."),
            Training,
            OptionKind::of(&L2),
            l2,
            shortest_decimal,
            decimal
        ),
        number!(
            "decay",
            marked!("Learning rate decay"),
            marked!("Step t is the learning rate divided by 1 + decay × t. 0 keeps all steps alike."),
            Training,
            OptionKind::of(&DECAY),
            decay,
            shortest_decimal,
            decimal
        ),
    ]
}

/// Those that a link writes after them.
pub(super) fn after_training() -> Vec<OptionDefinition> {
    vec![
        number!(
            "seed",
            marked!("Seed"),
            marked!("Start of the random streams: weights, order of images, dropout, augmentation."),
            Data,
            OptionKind::Whole(0..=u64::MAX),
            seed,
            written,
            whole
        ),
        OptionDefinition::own(
            "device",
            marked!("Device"),
            marked!("Where the network trains. Automatic takes WebGPU where the browser has a real GPU, the CPU elsewhere."),
            OptionGroup::Device,
            Own {
                kind: || OptionKind::Choice(DeviceChoice::ALL.iter().map(|device| Choice::of(device.name())).collect()),
                text: |experiment| experiment.device.name().into(),
                set: |experiment, text| {
                    let chosen = DeviceChoice::from_name(text);
                    chosen.map(|device| experiment.device = device)
                },
            },
        ),
    ]
}

fn data(experiment: &Experiment) -> String {
    if experiment.data.is_empty() { USUAL.into() } else { experiment.data.clone() }
}

fn set_data(experiment: &mut Experiment, text: &str) -> Option<()> {
    let name = if text == USUAL { "" } else { text };
    (name.is_empty() || name == STARTER || is_name(name)).then(|| experiment.data = name.into())
}

fn classes(experiment: &Experiment) -> String {
    let numbers: Vec<String> = experiment.classes.0.iter().map(u16::to_string).collect();
    if numbers.is_empty() { ALL.into() } else { numbers.join("-") }
}

/// Keeps the number of classes of the network true to the choice; that of the whole data set follows when it is known.
fn set_classes(experiment: &mut Experiment, text: &str) -> Option<()> {
    if text == ALL {
        experiment.classes = ClassChoice::default();
        return Some(());
    }
    let mut chosen: Vec<u16> = text.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.len() < 2 || chosen.last().is_some_and(|class| *class >= MOST_CLASSES) {
        return None;
    }
    experiment.network.classes = chosen.len();
    experiment.classes = ClassChoice(chosen);
    Some(())
}

fn written(value: impl std::fmt::Display + Copy) -> String {
    value.to_string()
}

/// A whole number. The field has taken away what stands between thousands.
fn whole<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.trim().parse().ok()
}

/// A decimal, with a point or a comma.
fn decimal(text: &str) -> Option<f64> {
    read_decimal(&text.replace(',', "."))
}
