//! Which settings cannot be used, and the sentence that stands beside each.

use crate::dataset::limits::{MOST_HELD_OUT_IMAGES, MOST_TRAINING_IMAGES};
use crate::dataset::{ClassChoice, DatasetManifest, Shard};
use crate::experiment::hyperparameters::{HyperparameterError, Hyperparameters};
use crate::experiment::{Experiment, options};
use crate::language::format::bytes;
use crate::language::{text, tr};
use crate::spec::{DepthError, NetworkChoices, NetworkOption, ResNetSpec, SpecError, TrainingMemory};

/// A value that cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Key of its option.
    pub option: &'static str,
    /// What is wrong with it.
    pub sentence: String,
    /// Values that would do.
    pub suggestions: Vec<usize>,
}

/// All that WebAssembly can address, in bytes: what the CPU trainer has for everything.
const CPU_TRAINER_BYTES: u64 = 4 << 30;

/// What keeps `experiment` from fitting into the memory of the CPU trainer: more than there can be, whatever the machine has.
pub fn memory_problem(experiment: &Experiment) -> Option<Problem> {
    let memory = TrainingMemory::of(&ResNetSpec::new(experiment.network.clone()).ok()?);
    let needed = memory.bytes(experiment.hyperparameters.largest_batch());
    if needed <= CPU_TRAINER_BYTES {
        return None;
    }
    let (fits, needed) = (memory.most_images(CPU_TRAINER_BYTES), bytes(needed));
    Some(if fits == 0 {
        let sentence = tr!("training this takes {needed}, and the CPU trainer has 4 GiB: a shallower or narrower network fits", needed);
        Problem { option: "depth", sentence, suggestions: Vec::new() }
    } else {
        let sentence = tr!("training this takes {needed}, and the CPU trainer has 4 GiB: {fits} images at a time fit", needed, fits);
        Problem { option: "batch", sentence, suggestions: vec![fits] }
    })
}

/// Everything that keeps `experiment` from being trained on `dataset`.
pub fn problems(experiment: &Experiment, dataset: Option<&DatasetManifest>) -> Vec<Problem> {
    let mut found = Vec::new();
    network_problems(&experiment.network, &mut found);
    found.sort_by_key(|problem| options::place(problem.option));
    hyperparameter_problems(&experiment.hyperparameters, &mut found);
    if let Some(dataset) = dataset {
        image_problems(experiment, dataset, &mut found);
    }
    found
}

/// Images of the chosen classes in `shards`.
pub fn available_images(shards: &[Shard], classes: &ClassChoice) -> usize {
    let takes_part = |label: &&u16| classes.0.is_empty() || classes.0.contains(label);
    shards.iter().map(|shard| shard.labels.iter().filter(takes_part).count()).sum()
}

/// Training and held-out images of the chosen classes.
pub fn available(dataset: &DatasetManifest, classes: &ClassChoice) -> [usize; 2] {
    [&dataset.train, &dataset.test].map(|shards| available_images(shards, classes))
}

/// Fits the numbers of images to a data set that was chosen. A number that the visitor chose stays as far as there are so many.
/// Otherwise a data set of the visitor's own is used whole, and one that comes with the page by the usual number. What is all
/// there were `before`, or the usual number, is no choice.
pub fn fit_images(experiment: &mut Experiment, before: [usize; 2], dataset: &DatasetManifest) {
    let now = available(dataset, &experiment.classes);
    let is_own = experiment.has_own_data();
    let (asked, usual) = (&mut experiment.hyperparameters, Hyperparameters::default());
    let counts = [
        (&mut asked.training_images, usual.training_images, MOST_TRAINING_IMAGES),
        (&mut asked.held_out_images, usual.held_out_images, MOST_HELD_OUT_IMAGES),
    ];
    for ((count, usual, most), (before, now)) in counts.into_iter().zip(before.into_iter().zip(now)) {
        let was_chosen = *count != before.min(most) && !(is_own && *count == usual);
        let unless_chosen = if is_own { most } else { usual };
        *count = if was_chosen { *count } else { unless_chosen }.min(now);
    }
}

/// Fits an experiment out of a link to the data set that it names: a link that names no number of images means all that a data
/// set of the visitor's own has. More held-out images than there are would keep it from being trained, and their field is not in
/// sight: there are all of them then, which the sentence tells.
pub fn fit_images_of_link(experiment: &mut Experiment, dataset: &DatasetManifest) -> Option<String> {
    let [training, held_out] = available(dataset, &experiment.classes);
    let is_own = experiment.has_own_data();
    let asked = &mut experiment.hyperparameters;
    if is_own && asked.training_images == MOST_TRAINING_IMAGES {
        asked.training_images = training.min(MOST_TRAINING_IMAGES);
    }
    if is_own && asked.held_out_images == MOST_HELD_OUT_IMAGES {
        asked.held_out_images = held_out.min(MOST_HELD_OUT_IMAGES);
    }
    let wanted = asked.held_out_images;
    if wanted <= held_out || held_out == 0 {
        return None;
    }
    asked.held_out_images = held_out;
    Some(tr!(
        "The link asks for {wanted} held-out images, and the chosen classes have {available}: {available} are used.",
        wanted,
        available = held_out
    ))
}

/// Goes back to the page's own images, since those that a link names are not here: to the usual number of them where the link
/// names none.
pub fn leave_missing_images(experiment: &mut Experiment) {
    experiment.data.clear();
    let (asked, usual) = (&mut experiment.hyperparameters, Hyperparameters::default());
    if asked.training_images == MOST_TRAINING_IMAGES {
        asked.training_images = usual.training_images;
    }
    if asked.held_out_images == MOST_HELD_OUT_IMAGES {
        asked.held_out_images = usual.held_out_images;
    }
}

fn network_problems(network: &NetworkChoices, found: &mut Vec<Problem>) {
    // All corrections on the way to a network that can be built, so that one wrong choice does not hide another.
    let (_, errors) = network.clone().nearest();
    for error in errors {
        let Some(option) = NetworkOption::find(&error.option()) else { continue };
        let suggestions = match error {
            SpecError::Depth(DepthError { below, above, .. }) if below == above => vec![below],
            SpecError::Depth(DepthError { below, above, .. }) => vec![below, above],
            SpecError::EvenKernel { given } => vec![given - 1, given + 1],
            SpecError::ImageEdge { nearest, .. } | SpecError::Pool { nearest, .. } | SpecError::TooWide { nearest, .. } => vec![nearest],
            _ => Vec::new(),
        };
        // A choice that was corrected may need another correction; the first one says what was asked for.
        if found.iter().all(|problem| problem.option != option.key) {
            found.push(Problem { option: option.key, sentence: error.to_string(), suggestions });
        }
    }
}

fn hyperparameter_problems(asked: &Hyperparameters, found: &mut Vec<Problem>) {
    for error in asked.errors() {
        let suggestions = match error {
            HyperparameterError::TooFewImages { .. } => vec![asked.batch_size + asked.monitoring.validation_images],
            HyperparameterError::NoValidationImages(images) => vec![images],
            _ => Vec::new(),
        };
        found.push(Problem { option: error.key(), sentence: error.to_string(), suggestions });
    }
}

fn image_problems(experiment: &Experiment, dataset: &DatasetManifest, found: &mut Vec<Problem>) {
    let asked = &experiment.hyperparameters;
    let [training, held_out] = available(dataset, &experiment.classes);
    if asked.training_images > training {
        let sentence = tr!("the chosen classes have {available} training images", available = training);
        found.push(Problem { option: "images", sentence, suggestions: vec![training] });
    }
    if asked.held_out_images > held_out {
        let sentence = tr!("the chosen classes have {available} held-out images", available = held_out);
        found.push(Problem { option: "held-out", sentence, suggestions: vec![held_out] });
    }
    if asked.held_out_images == 0 {
        found.push(Problem { option: "held-out", sentence: text!("at least 1 image, to measure with").into(), suggestions: vec![1] });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::permalink;

    fn dataset() -> DatasetManifest {
        let shard = |images: u16| vec![Shard { file: "a.png".into(), bytes: 1, labels: (0..images).map(|index| index % 10).collect() }];
        DatasetManifest {
            name: "test".into(),
            image: [32, 32, 3],
            classes: (0..10).map(|class| class.to_string()).collect(),
            channel_mean: [0.5; 3],
            channel_deviation: [0.25; 3],
            train: shard(1000),
            test: shard(500),
            content: None,
        }
    }

    #[test]
    fn another_data_set_is_used_as_far_as_it_goes() {
        let of = |training: usize, held_out: usize| {
            let mut dataset = dataset();
            dataset.train[0].labels = vec![0; training];
            dataset.test[0].labels = vec![0; held_out];
            dataset
        };
        let mut experiment = Experiment::default();
        let mut before = available(&dataset(), &ClassChoice::default());
        let mut choose = |experiment: &mut Experiment, training, held_out| {
            fit_images(experiment, before, &of(training, held_out));
            before = [training, held_out];
            [experiment.hyperparameters.training_images, experiment.hyperparameters.held_out_images]
        };
        let usual = Hyperparameters::default();
        assert_eq!(choose(&mut experiment, 20, 7), [20, 7], "what there is");
        assert_eq!(experiment.hyperparameters.batch_size, 32, "a batch has as many as there are");
        assert_eq!(problems(&experiment, Some(&of(20, 7))), vec![], "and Play can be pressed");
        let many = [usual.training_images, usual.held_out_images];
        assert_eq!(choose(&mut experiment, 50_000, 10_000), many, "the usual number of many, which is not all");
        experiment.hyperparameters.training_images = 12;
        assert_eq!(choose(&mut experiment, 100, 50)[0], 12, "a number that is there stays");
    }

    #[test]
    fn a_data_set_of_ones_own_is_used_whole_unless_fewer_were_chosen() {
        let of = |training: usize, held_out: usize| {
            let mut dataset = dataset();
            (dataset.train[0].labels, dataset.test[0].labels) = (vec![0; training], vec![0; held_out]);
            dataset
        };
        // From the page's own images: the starter, all of which are used, and all of CIFAR, of which 1,000 are.
        for before in [[1000, 500], [50_000, 10_000], [0, 0]] {
            for (training, held_out) in [(3552, 888), (300, 40), (1000, 500), (60_000, 10_001)] {
                let mut experiment = Experiment { data: "pets".into(), ..Experiment::first() };
                fit_images(&mut experiment, before, &of(training, held_out));
                let used = [experiment.hyperparameters.training_images, experiment.hyperparameters.held_out_images];
                assert_eq!(used, [training.min(50_000), held_out.min(10_000)], "all {training} after {before:?}");
                assert_eq!(experiment.hyperparameters.steps_per_epoch(), training.min(50_000).div_ceil(8), "every one is learnt from");
                // Back to the page's own.
                experiment.data.clear();
                fit_images(&mut experiment, used, &of(50_000, 10_000));
                assert_eq!(experiment.hyperparameters, Experiment::first().hyperparameters, "with the recipe's number");
            }
        }
        let mut experiment = Experiment { data: "pets".into(), ..Experiment::default() };
        experiment.hyperparameters.training_images = 200;
        fit_images(&mut experiment, [1000, 500], &of(3552, 888));
        assert_eq!(experiment.hyperparameters.training_images, 200, "fewer were chosen");
        assert_eq!(experiment.hyperparameters.held_out_images, 888, "but not of those held out");
    }

    #[test]
    fn a_link_without_a_number_means_all_images_of_ones_own() {
        let mut pets = dataset();
        (pets.train[0].labels, pets.test[0].labels) = (vec![0; 3552], vec![0; 888]);
        let opened = |query: &str| {
            let mut experiment = permalink::read(query).experiment;
            fit_images_of_link(&mut experiment, &pets);
            [experiment.hyperparameters.training_images, experiment.hyperparameters.held_out_images]
        };
        let usual = Hyperparameters::default();
        assert_eq!(opened("data=pets"), [3552, 888], "all");
        assert_eq!(opened("data=pets&images=200"), [200, 888], "what the link says");
        assert_eq!(opened("data=pets&images=1000&held-out=500"), [1000, 500], "the usual number, said");
        assert_eq!(opened("depth=20"), [usual.training_images, usual.held_out_images], "the page's own images");
        assert_eq!(opened("v=1&data=pets"), [usual.training_images, usual.held_out_images], "a former page left the usual number out");
        let mut elsewhere = permalink::read("data=pets").experiment;
        leave_missing_images(&mut elsewhere);
        assert_eq!(elsewhere, Experiment::default(), "in a browser without them");
        let mut experiment = Experiment { data: "pets".into(), ..Experiment::default() };
        for images in [1000, 3552, 50_000] {
            experiment.hyperparameters.training_images = images;
            let link = permalink::write(&experiment, &Default::default());
            assert_eq!(permalink::read(&link).experiment, experiment, "{link}");
        }
    }

    #[test]
    fn the_defaults_have_no_problem() {
        assert_eq!(problems(&Experiment::default(), Some(&dataset())), vec![], "a newcomer presses Play");
    }

    #[test]
    fn a_link_with_more_held_out_images_than_there_are_can_be_played_and_says_what_was_made_of_it() {
        let mut experiment = permalink::read(&format!("held-out={}", "9".repeat(4000))).experiment;
        assert_eq!(problems(&experiment, Some(&dataset())).len(), 1);
        let [_, there] = available(&dataset(), &experiment.classes);
        let sentence = fit_images_of_link(&mut experiment, &dataset()).expect("a sentence");
        assert!(sentence.contains(&format!("{there} are used")), "{sentence}");
        assert_eq!(problems(&experiment, Some(&dataset())), vec![]);
        assert_eq!(fit_images_of_link(&mut experiment, &dataset()), None, "said once");
    }

    #[test]
    fn depth_fifty_suggests_its_neighbours() {
        let experiment = Experiment { network: NetworkChoices { depth: 50, ..Default::default() }, ..Default::default() };
        let [problem] = problems(&experiment, None).try_into().unwrap();
        assert_eq!((problem.option, problem.suggestions), ("depth", vec![47, 56]));
        assert_eq!(problem.sentence, "depth is 9n + 2: 47 or 56");
    }

    #[test]
    fn every_wrong_value_is_named_at_once() {
        let experiment = Experiment {
            network: NetworkChoices { depth: 1, start_filters: 0, ..Default::default() },
            hyperparameters: Hyperparameters { learning_rate: -1.0, epochs: 0, ..Default::default() },
            ..Default::default()
        };
        let named: Vec<&str> = problems(&experiment, Some(&dataset())).into_iter().map(|problem| problem.option).collect();
        assert_eq!(named, ["depth", "filters", "rate", "epochs"], "none hides another");
    }

    #[test]
    fn what_no_cpu_trainer_could_hold_is_refused_with_the_batch_that_fits() {
        let experiment = |depth, start_filters, batch_size| Experiment {
            network: NetworkChoices { depth, start_filters, ..Default::default() },
            hyperparameters: Hyperparameters { batch_size, ..Default::default() },
            ..Default::default()
        };
        assert_eq!(memory_problem(&experiment(164, 16, 32)), None, "a deep network in small batches");
        let problem = memory_problem(&experiment(1001, 8, 128)).expect("far too much");
        assert_eq!(problem.option, "batch", "{}", problem.sentence);
        let hopeless = memory_problem(&experiment(1001, 64, 1)).expect("its weights alone are too much");
        assert_eq!(hopeless.option, "depth", "no batch is small enough: {}", hopeless.sentence);
        let [fits] = problem.suggestions.as_slice() else { panic!("one way out: {problem:?}") };
        assert_eq!(memory_problem(&experiment(1001, 8, *fits)), None, "the suggestion fits");
        assert!(memory_problem(&experiment(1001, 8, fits + 1)).is_some(), "and is the largest that does");
    }

    #[test]
    fn fewer_classes_have_fewer_images() {
        let experiment = Experiment { classes: ClassChoice(vec![0, 3]), ..Default::default() };
        let [training, held_out] = problems(&experiment, Some(&dataset())).try_into().unwrap();
        assert_eq!(training.sentence, "the chosen classes have 200 training images");
        assert_eq!(held_out.suggestions, vec![100], "one click away");
    }
}
