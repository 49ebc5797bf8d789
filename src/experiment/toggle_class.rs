//! Taking classes in and out of an experiment.

use super::Experiment;
use super::validation::available;
use crate::dataset::{ClassChoice, DatasetManifest};

/// Nothing is told apart with fewer classes.
pub const FEWEST_CLASSES: usize = 2;

/// Takes a class out of the experiment, or in. Nothing changes where fewer than [`FEWEST_CLASSES`] would be left. Who used
/// all the images there were goes on to use all there are.
pub fn toggle_class(experiment: &mut Experiment, manifest: &DatasetManifest, class: u16) {
    let all = manifest.classes.len();
    let before = available(manifest, &experiment.classes);
    let mut classes = experiment.classes.of(all);
    match classes.iter().position(|chosen| *chosen == class) {
        Some(place) => drop(classes.remove(place)),
        None => classes.insert(classes.partition_point(|other| *other < class), class),
    }
    if classes.len() < FEWEST_CLASSES {
        return;
    }
    experiment.network.classes = classes.len();
    experiment.classes = ClassChoice(if classes.len() == all { Vec::new() } else { classes });
    let now = available(manifest, &experiment.classes);
    let counts = &mut experiment.hyperparameters;
    for (count, (before, now)) in [&mut counts.training_images, &mut counts.held_out_images].into_iter().zip(before.into_iter().zip(now)) {
        if *count == before {
            *count = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Shard;

    /// Three classes with four training images and two held-out ones each.
    fn manifest() -> DatasetManifest {
        let shard = |images: u16| Shard { file: "a.png".into(), bytes: 1, labels: (0..3 * images).map(|image| image % 3).collect() };
        DatasetManifest {
            classes: ["cat", "dog", "frog"].map(str::to_owned).to_vec(),
            train: vec![shard(4)],
            test: vec![shard(2)],
            ..DatasetManifest::without_images()
        }
    }

    fn experiment(training_images: usize) -> Experiment {
        let mut experiment = Experiment::default();
        experiment.network.classes = 3;
        (experiment.hyperparameters.training_images, experiment.hyperparameters.held_out_images) = (training_images, 6);
        experiment
    }

    #[test]
    fn a_class_goes_and_comes_back() {
        let mut experiment = experiment(12);
        toggle_class(&mut experiment, &manifest(), 1);
        assert_eq!((experiment.classes.0.as_slice(), experiment.network.classes), (&[0, 2][..], 2));
        assert_eq!(experiment.hyperparameters.training_images, 8, "all there are");
        toggle_class(&mut experiment, &manifest(), 1);
        assert_eq!((experiment.classes.0.len(), experiment.network.classes), (0, 3), "all classes are no choice");
        assert_eq!((experiment.hyperparameters.training_images, experiment.hyperparameters.held_out_images), (12, 6));
    }

    #[test]
    fn a_number_of_images_that_was_chosen_stays() {
        let mut experiment = experiment(5);
        toggle_class(&mut experiment, &manifest(), 0);
        assert_eq!(experiment.hyperparameters.training_images, 5);
    }

    #[test]
    fn two_classes_stay() {
        let mut experiment = experiment(12);
        toggle_class(&mut experiment, &manifest(), 1);
        let before = experiment.clone();
        toggle_class(&mut experiment, &manifest(), 2);
        assert_eq!(experiment, before, "nothing is told apart with one");
    }
}
