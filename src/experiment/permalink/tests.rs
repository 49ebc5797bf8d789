use super::*;
use crate::dataset::ClassChoice;
use crate::experiment::hyperparameters::{Hyperparameters, TRAINING_OPTIONS, TrainingValue};
use crate::experiment::{DeviceChoice, Experiment};
use crate::random::{Purpose, RandomStream};
use crate::spec::{Activation, BlockOrder, BlockPlace, InnerFilters, Named, NetworkChoices, ResNetSpec};

fn below(random: &mut RandomStream, limit: u32) -> usize {
    (random.next_u32() % limit) as usize
}

fn coin(random: &mut RandomStream) -> bool {
    random.next_u32().is_multiple_of(2)
}

fn any_network(random: &mut RandomStream, classes: usize) -> NetworkChoices {
    let choices = NetworkChoices {
        depth: below(random, 1010),
        start_filters: 2 + below(random, 127),
        classes,
        skip_connections: coin(random),
        switched_blocks: (0..below(random, 3)).map(|_| BlockPlace { stage: below(random, 3), block: below(random, 5) }).collect(),
        blocks_in_stages: (0..below(random, 2) * (1 + below(random, 5))).map(|_| 1 + below(random, 6)).collect(),
        image_edge: 8 << below(random, 4),
        image_channels: 1 + below(random, 3),
        stages: 1 + below(random, 5),
        convolutions_per_block: 2 + below(random, 3),
        kernel_size: 1 + 2 * below(random, 4),
        first_widening: 1 + below(random, 8),
        later_widening: 1 + below(random, 4),
        inner_filters: InnerFilters::ALL[below(random, 2)],
        order: BlockOrder::ALL[below(random, 2)],
        activation: Activation::ALL[below(random, 10)],
        batch_norm: coin(random),
        shared_preactivation: coin(random),
        stem_dropout: below(random, 10) as f64 / 10.0,
        pool: below(random, 9),
        dense_units: below(random, 4097),
        dense_batch_norm: coin(random),
        head_dropout: below(random, 91) as f64 / 100.0,
    };
    choices.nearest().0.choices().clone()
}

/// Any choice of training that can be done.
fn with_any_choices(mut training: Hyperparameters, random: &mut RandomStream) -> Hyperparameters {
    for option in TRAINING_OPTIONS {
        if random.below(3) > 0 {
            continue;
        }
        let text = match option.kind() {
            TrainingValue::Count(range) => (range.start() + below(random, (range.end() - range.start() + 1) as u32)).to_string(),
            TrainingValue::Decimal(range) => (range.start() + f64::from(random.unit()) * (range.end() - range.start())).to_string(),
            TrainingValue::Switch => if coin(random) { "on" } else { "off" }.into(),
            TrainingValue::Word(words) => words[below(random, words.len() as u32)].into(),
            TrainingValue::Epochs => format!("{}-{}", 1 + below(random, 9), 10 + below(random, 90)),
        };
        option.set(&mut training, &text).expect("a value it takes");
    }
    training.nearest().0
}

pub(super) fn any_experiment(random: &mut RandomStream) -> Experiment {
    let mut classes: Vec<u16> = (0..10).filter(|_| coin(random)).collect();
    if classes.len() < 2 {
        classes.clear();
    }
    let training_images = 2 + below(random, 49_999);
    Experiment {
        network: any_network(random, if classes.is_empty() { 10 } else { classes.len() }),
        hyperparameters: with_any_choices(
            Hyperparameters {
                batch_size: (2 + below(random, 511)).min(training_images),
                learning_rate: f64::from(random.unit()).max(1e-9) / 10f64.powi(below(random, 12) as i32),
                epochs: 1 + below(random, 1000),
                training_images,
                held_out_images: 1 + below(random, 10_000),
                l2: f64::from(random.unit()) / 10f64.powi(below(random, 12) as i32),
                decay: f64::from(random.unit()) / 10f64.powi(below(random, 12) as i32),
                seed: u64::from(random.next_u32()) << 32 | u64::from(random.next_u32()),
                ..Default::default()
            },
            random,
        ),
        data: ["", "", "starter", "my-pets-2"][below(random, 4)].into(),
        classes: ClassChoice(classes),
        device: DeviceChoice::ALL[below(random, 3)],
    }
}

#[test]
fn a_link_gives_each_stage_its_blocks() {
    let link = read("blocks=3-4-2&switched=1.3");
    assert_eq!((link.experiment.network.depth, link.notices.len()), (29, 0), "the depth follows: {:?}", link.notices);
    let written = write(&link.experiment, &ViewOptions::default());
    assert!(written.contains("depth=29&switched=1.3&blocks=3-4-2"), "and is written beside them: {written}");
    let beyond = read("blocks=3-4-2&switched=2.2");
    assert!(beyond.notices[0].contains("no block 2.2") && beyond.experiment.network.switched_blocks.is_empty(), "{:?}", beyond.notices);
    let contradiction = read("depth=56&blocks=1-2-1");
    assert_eq!(contradiction.experiment.network.depth, 14, "blocks decide");
    assert!(contradiction.notices[0].contains("another depth"), "and it is said: {:?}", contradiction.notices);
    let short = read("blocks=3-4");
    assert!(short.notices[0].contains("the nearest is 3-4-4"), "{:?}", short.notices);
    assert!(read("blocks=3-x-4").notices[0].contains("as in 3-4-2"), "what is no number is no list");
    assert_eq!(read("blocks=2-2-2"), read("depth=20"), "equal ones are the depth");
}

#[test]
fn a_link_names_the_data_set_unless_it_is_the_usual_one() {
    let link = read("data=my-pets&depth=20&images=1000&held-out=500");
    assert_eq!((link.experiment.data.as_str(), link.notices.len()), ("my-pets", 0));
    let written = write(&link.experiment, &ViewOptions::default());
    assert_eq!(written, "v=1&depth=20&data=my-pets&images=1000&held-out=500", "without a number all of its images are meant");
    assert_eq!(read("data=starter").experiment.data, "starter", "the small one where the page has all");
    for text in ["data=../../etc", "data=My%20Pets", "data=", "data=full"] {
        let link = read(text);
        assert_eq!((link.experiment.data.as_str(), link.notices.len()), ("", 1), "{text} is no name: {:?}", link.notices);
    }
    assert_eq!(difference(&Experiment::default(), &link.experiment), "depth 20, data my-pets", "runs are named by it");
    assert_eq!(difference(&link.experiment, &read("depth=20").experiment), "data usual");
}

/// Any choice of what is shown that a link can say.
fn any_view(random: &mut RandomStream, theme: Theme, tab: Tab) -> ViewOptions {
    let lesson = LessonStep::ALL.get(below(random, 24)).copied();
    let page = ViewOptions { theme, tab, lesson, ..ViewOptions::default() };
    if coin(random) {
        return page;
    }
    let hidden = EmbedPart::ALL.iter().copied().filter(|_| coin(random)).collect();
    let page = ViewOptions { embed: true, hidden, splice: coin(random), ..page };
    // The drawing stands in the place of a tab.
    if coin(random) { ViewOptions { network: true, tab: Tab::default(), ..page } } else { page }
}

#[test]
fn every_experiment_survives_the_link() {
    let mut random = RandomStream::new(1, Purpose::Subset, 0);
    for _ in 0..2000 {
        let experiment = any_experiment(&mut random);
        let (theme, tab) = (Theme::ALL[below(&mut random, 3)], Tab::ALL[below(&mut random, 7)]);
        let view = any_view(&mut random, theme, tab);
        let query = write(&experiment, &view);
        let link = read(&query);
        assert_eq!(link, Link { experiment, view, ..Link::default() }, "read back from {query}");
        assert_eq!(write(&link.experiment, &link.view), query, "a canonical link stays as it is");
        assert!(query.chars().all(|character| character.is_ascii_alphanumeric() || "=&-.".contains(character)), "no escapes in {query}");
    }
}

#[test]
fn what_the_page_begins_with_needs_no_query() {
    assert_eq!(address(&Experiment::first(), &ViewOptions::default(), &FromAuthor::default()), "", "a clean address for a newcomer");
    let shared = write(&Experiment::first(), &ViewOptions::default());
    assert!(shared.starts_with("v=1&") && shared.contains("dense=0"), "in full where it may be read by a later page: {shared}");
    assert_eq!(read(&shared).experiment, Experiment::first());
    assert_eq!(read("").experiment, Experiment::first(), "and back");
    assert_eq!(read("?"), Link::default(), "a lone question mark says nothing");
    assert_eq!(read("utm_source=mail&fbclid=1&gclid=2&mc_cid=3&ref=x"), Link::default(), "nor do trackers");
    assert_eq!(read("colour=red").experiment, Experiment::first(), "nor does what no page knows");
}

#[test]
fn a_link_that_says_anything_leaves_out_what_is_the_tutorials() {
    assert_eq!(write(&Experiment::default(), &ViewOptions::default()), "v=1", "the tutorial has a link of its own");
    assert_eq!(read("v=1").experiment, Experiment::default());
    assert_eq!(address(&Experiment::default(), &ViewOptions::default(), &FromAuthor::default()), "v=1");
    assert_eq!(read_kept(""), Experiment::default(), "as earlier pages kept it");
    assert_eq!(read_kept("v=1&depth=20"), read("depth=20").experiment);
    let seeded = read("seed=2").experiment;
    assert_eq!((seeded.hyperparameters.batch_size, seeded.network.dense_units), (32, 512), "nothing else changes with the seed");
}

#[test]
fn only_differences_are_written_in_a_fixed_order() {
    let link = read("device=cpu&seed=7&rate=0.001&classes=5-0-3&skips=off&depth=29&epochs=10");
    assert_eq!(link.notices, Vec::<String>::new(), "nothing to complain about");
    let query = write(&link.experiment, &link.view);
    assert_eq!(query, "v=1&depth=29&skips=off&classes=0-3-5&rate=0.001&seed=7&device=cpu", "ten epochs are the default");
    assert_eq!(link.experiment.network.classes, 3, "three classes were chosen");
}

#[test]
fn depth_50_becomes_47_with_a_sentence() {
    let link = read("depth=50");
    assert_eq!(link.experiment.network.depth, 47, "47 is nearer than 56");
    assert_eq!(link.notices, ["The link asks for depth 50, but depth is 9n + 2: 47 or 56. The nearer one, 47, is used."], "and says so");
    assert_eq!(read("depth=52").experiment.network.depth, 56, "56 is nearer to 52");
    let told = |given: &str| format!("The link asks for depth {given}, but depth is 9n + 2, from 11 to 1001: the nearest is");
    for (link, nearest) in [("-5", 11), ("0", 11), ("2000", 1001), ("999999999999999999999999", 1001)] {
        let read = read(&format!("depth={link}"));
        assert_eq!(read.experiment.network.depth, nearest);
        assert_eq!(read.notices, [format!("{} {nearest}.", told(&format!("“{link}”")))], "one sentence");
    }
}

#[test]
fn values_outside_their_limits_are_brought_inside() {
    let link = read("filters=4096&batch=1&epochs=0&images=60000&held-out=0&rate=3&l2=2&seed=-4");
    let training = &link.experiment.hyperparameters;
    assert_eq!(link.experiment.network.start_filters, 128, "most filters");
    assert_eq!((training.batch_size, training.epochs, training.training_images), (2, 1, 50_000), "nearest allowed");
    assert_eq!((training.held_out_images, training.learning_rate, training.l2, training.seed), (1, 1.0, 1.0, 0), "nearest allowed");
    assert_eq!(link.notices.len(), 8, "one sentence each: {:?}", link.notices);
}

#[test]
fn values_that_mean_nothing_are_replaced_by_the_usual_ones() {
    let link = read("depth=deep&filters=&rate=NaN&l2=-inf&seed=0x10&skips=perhaps&device=tpu&classes=cat&embed=yes&theme=pink");
    assert_eq!(link.experiment, Experiment::default(), "nothing usable was said");
    assert_eq!(link.notices.len(), 10, "one sentence each: {:?}", link.notices);
}

#[test]
fn a_batch_larger_than_the_images_stays_what_it_is() {
    let link = read("images=10");
    let training = link.experiment.hyperparameters;
    assert_eq!((training.batch_size, training.largest_batch(), training.total_steps()), (32, 10, 10), "one step an epoch, with all images");
    assert_eq!(link.notices, Vec::<String>::new(), "there is nothing to say");
}

#[test]
fn of_a_key_given_twice_the_last_counts_and_unknown_ones_are_told_once() {
    let link = read("utm_source=mail&depth=20&depth=29&<b>=1&c=1&d=1&c=2&e=1&fbclid=x");
    assert_eq!(link.experiment.network.depth, 29, "the last one counts");
    assert_eq!(
        link.notices,
        [
            "The link gives depth more than once: the last, “29”, is used.",
            "The link says something this page does not know and ignores: “b”, “c”, “d”, 1 more.",
        ],
        "one sentence for all strangers, none for trackers"
    );
    assert!(read("depth=20&depth=20").notices.is_empty(), "the same said twice");
}

#[test]
fn another_version_is_reported() {
    assert!(read("v=1&depth=20").notices.is_empty(), "our own version");
    assert_eq!(read("v=2&depth=20").notices.len(), 1, "a newer page may mean something else");
}

#[test]
fn a_data_set_drops_classes_it_does_not_have() {
    let mut experiment = read("classes=0-3-37").experiment;
    assert_eq!(experiment.fit_to(10), ["This data set has 10 classes, numbered from 0: class 37 is left out."], "and says so");
    assert_eq!((experiment.classes, experiment.network.classes), (ClassChoice(vec![0, 3]), 2), "two are left");
    let mut all = read("classes=0-1-2").experiment;
    assert!(all.fit_to(3).is_empty(), "all of them are no special choice");
    assert_eq!((all.classes, all.network.classes), (ClassChoice(vec![]), 3), "the canonical form of all");
}

#[test]
fn garbage_never_panics_and_still_gives_an_experiment_that_trains() {
    let mut random = RandomStream::new(2, Purpose::Subset, 0);
    let pieces = [
        "depth",
        "filters",
        "classes",
        "images",
        "batch",
        "rate",
        "l2",
        "seed",
        "optimizer",
        "adamw",
        "nesterov",
        "momentum",
        "plateau",
        "validation",
        "drops",
        "zoom",
        "v",
        "=",
        "&",
        "?",
        "%",
        "%2",
        "%00",
        "%ff",
        "+",
        "-",
        "9",
        "0",
        "1e400",
        "-1",
        "NaN",
        "inf",
        ".",
        "é",
        "\u{0}",
        "\u{202e}",
        "99999999999999999999999999999999999999999999",
        "#",
        "off",
        "embed",
        " ",
    ];
    for _ in 0..20_000 {
        let length = below(&mut random, 24);
        let query: String = (0..length).map(|_| pieces[below(&mut random, pieces.len() as u32)]).collect();
        let link = read(&query);
        assert!(ResNetSpec::new(link.experiment.network).is_ok(), "a network from {query:?}");
        assert_eq!(link.experiment.hyperparameters.check(), Ok(()), "a run from {query:?}");
        assert!(link.notices.iter().all(|notice| notice.chars().count() < 200), "short sentences about {query:?}");
    }
}

#[test]
fn two_experiments_differ_in_a_few_words() {
    let usual = Experiment::default();
    let mut other = usual.clone();
    other.network.depth = 29;
    other.network.skip_connections = false;
    other.classes = ClassChoice(vec![1, 3]);
    assert_eq!(difference(&usual, &other), "depth 29, skips off, classes 1-3", "what the second has otherwise");
    assert_eq!(difference(&other, &usual), "depth 11, skips on, classes all", "and the other way round");
    assert_eq!(difference(&other, &other), "", "nothing");
}

#[test]
fn a_link_without_choices_of_training_means_what_it_meant() {
    let link = read("v=1&depth=29&rate=0.001&l2=0.0005&seed=7");
    let training = link.experiment.hyperparameters;
    let usual = Hyperparameters { learning_rate: 0.001, l2: 0.0005, seed: 7, ..Default::default() };
    assert_eq!((training, link.notices), (usual, vec![]), "AMSGrad, constant steps, images as they are");
}

#[test]
fn a_link_chooses_the_training() {
    let query = "optimizer=sgd&nesterov=on&weight-decay=0.0005&schedule=one-cycle&validation=100&patience=5&flip=on&crop=4";
    let link = read(query);
    assert_eq!((write(&link.experiment, &link.view), link.notices.len()), (format!("v=1&{query}"), 0), "and keeps it: {:?}", link.notices);
    assert_eq!(difference(&Experiment::default(), &link.experiment).split(", ").count(), 8, "one word for each choice");
}

#[test]
fn choices_of_training_that_contradict_each_other_are_settled_with_a_sentence() {
    let link = read("optimizer=adamw");
    assert_eq!(link.experiment.hyperparameters.optimizer.weight_decay, 0.004, "Keras' usual decay");
    assert!(link.notices[0].contains("AdamW is Adam with weight decay"), "{:?}", link.notices);
    let link = read("patience=3&images=200");
    assert_eq!(link.experiment.hyperparameters.monitoring.validation_images, 20, "a tenth of the images");
    assert!(link.notices[0].contains("validate"), "{:?}", link.notices);
    let link = read("validation=1000&images=100&zoom=7&schedule=spiral");
    let training = link.experiment.hyperparameters;
    assert_eq!((training.trained_images(), training.largest_batch(), training.augmentation.zoom), (2, 2, 0.9), "what is left to train on");
    assert_eq!(link.notices.len(), 3, "one sentence each: {:?}", link.notices);
}
