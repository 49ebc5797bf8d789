//! An experiment as a query.

use crate::experiment::hyperparameters::TRAINING_OPTIONS;
use crate::spec::OPTIONS;

use super::{LINK_VERSION, Theme, ViewOptions, keys};
use crate::experiment::Experiment;

/// Longest plain decimal; beyond it `1e-7` is easier to read than the zeros.
const LONGEST_PLAIN_DECIMAL: usize = 8;

/// The canonical query of an experiment, without `?`. The version alone says that everything is the tutorial's.
pub fn write(experiment: &Experiment, view: &ViewOptions) -> String {
    let version = format!("{}={LINK_VERSION}", keys::VERSION);
    let parts = [version].into_iter().chain(experiment_parts(experiment, &Experiment::default())).chain(view_parts(view));
    parts.collect::<Vec<_>>().join("&")
}

/// The query of the page's own address: says nothing of the experiment that the page begins with anyway. Whatever leaves the
/// page is better [written](write) in full, since a later page may begin with another one.
pub fn address(experiment: &Experiment, view: &ViewOptions) -> String {
    if *experiment == Experiment::first() { view_parts(view).collect::<Vec<_>>().join("&") } else { write(experiment, view) }
}

fn view_parts(view: &ViewOptions) -> impl Iterator<Item = String> {
    let embed = view.embed.then(|| format!("{}=1", keys::EMBED));
    let theme = (view.theme != Theme::System).then(|| format!("{}={}", keys::THEME, view.theme.word()));
    embed.into_iter().chain(theme)
}

/// What `later` has otherwise than `earlier`, in the words of the link: `depth 20, skips off`.
pub fn difference(earlier: &Experiment, later: &Experiment) -> String {
    let parts = experiment_parts(later, earlier);
    parts.iter().map(|part| part.replacen('=', " ", 1)).collect::<Vec<_>>().join(", ")
}

/// `key=value` for everything that differs from `usual`.
fn experiment_parts(experiment: &Experiment, usual: &Experiment) -> Vec<String> {
    let (training, usual_training) = (&experiment.hyperparameters, &usual.hyperparameters);
    let classes = experiment.classes.0.iter().map(u16::to_string).collect::<Vec<_>>().join("-");
    // A link never says so: all classes are the default.
    let classes = if classes.is_empty() { "all".into() } else { classes };
    // What is no number cannot be read back, so it is not written.
    let differs = |value: f64, usual: f64| value.is_finite() && value != usual;
    let network = OPTIONS.iter().filter(|option| option.key != keys::CLASS_COUNT).map(|option| {
        let value = option.write(&experiment.network);
        (value != option.write(&usual.network), option.key, value)
    });
    let choices = TRAINING_OPTIONS.iter().map(|option| {
        let value = option.write(training);
        (value != option.write(usual_training), option.key, value)
    });
    // A link never says so either.
    let data = if experiment.data.is_empty() { "usual".into() } else { experiment.data.clone() };
    let before = [
        (experiment.data != usual.data, keys::DATA, data),
        (training.training_images != usual_training.training_images, keys::IMAGES, training.training_images.to_string()),
        (training.held_out_images != usual_training.held_out_images, keys::HELD_OUT, training.held_out_images.to_string()),
        (experiment.classes != usual.classes, keys::CLASSES, classes),
        (training.batch_size != usual_training.batch_size, keys::BATCH, training.batch_size.to_string()),
        (differs(training.learning_rate, usual_training.learning_rate), keys::RATE, decimal(training.learning_rate)),
        (training.epochs != usual_training.epochs, keys::EPOCHS, training.epochs.to_string()),
        (differs(training.l2, usual_training.l2), keys::L2, decimal(training.l2)),
        (differs(training.decay, usual_training.decay), keys::DECAY, decimal(training.decay)),
    ];
    let after = [
        (training.seed != usual_training.seed, keys::SEED, training.seed.to_string()),
        (experiment.device != usual.device, keys::DEVICE, experiment.device.word().into()),
    ];
    network
        .chain(before)
        .chain(choices)
        .chain(after)
        .filter(|(written, _, _)| *written)
        .map(|(_, key, value)| format!("{key}={value}"))
        .collect()
}

/// The shortest decimal that reads back as the same number.
fn decimal(value: f64) -> String {
    let plain = value.to_string();
    if plain.len() <= LONGEST_PLAIN_DECIMAL { plain } else { format!("{value:e}") }
}
