//! Settings that go together: a network and a way to train it, chosen by name. What each reaches is measured in
//! `docs/recipes.md`.

use crate::experiment::Experiment;
use crate::experiment::permalink::read;
use crate::language::marked;

/// A network and its training. Images, classes, seed and device are not part of it.
#[derive(Debug, PartialEq)]
pub struct Recipe {
    /// Its value in a list.
    pub name: &'static str,
    /// What it is called, in English.
    pub label: &'static str,
    /// As a link has it.
    options: &'static str,
}

/// All there are.
pub const RECIPES: [Recipe; 4] = [
    Recipe { name: "tutorial", label: marked!("Tutorial"), options: "v=1" },
    Recipe {
        name: "quick",
        label: marked!("Quick · 1 min"),
        options: "depth=20&widening=2&dense=0&stem-dropout=0&head-dropout=0&epochs=22&batch=8&optimizer=adamw&weight-decay=0.2&rate=0.003\
                  &schedule=one-cycle&flip=on&crop=2&smoothing=0.1",
    },
    Recipe {
        name: "thorough",
        label: marked!("Thorough · 5 min"),
        options: "depth=8&convolutions=2&widening=2&filters=16&dense=0&stem-dropout=0&head-dropout=0&epochs=60&batch=8&optimizer=sgd\
                  &nesterov=on&rate=0.02&l2=0.001&schedule=one-cycle&flip=on&crop=4&smoothing=0.1",
    },
    Recipe {
        name: "long",
        label: marked!("Long · 12 min"),
        options: "depth=14&convolutions=2&widening=2&filters=16&dense=0&stem-dropout=0&head-dropout=0&epochs=60&batch=16&optimizer=sgd\
                  &nesterov=on&rate=0.04&l2=0.001&schedule=one-cycle&flip=on&crop=4&smoothing=0.1",
    },
];

impl Recipe {
    /// The recipe of that name.
    pub fn from_name(name: &str) -> Option<&'static Self> {
        RECIPES.iter().find(|recipe| recipe.name == name)
    }

    /// The one that an experiment follows, for however many epochs.
    pub fn of(experiment: &Experiment) -> Option<&'static Self> {
        RECIPES.iter().find(|recipe| {
            let mut applied = recipe.applied_to(experiment);
            applied.hyperparameters.epochs = experiment.hyperparameters.epochs;
            applied == *experiment
        })
    }

    /// The experiment on the same images, as the recipe says.
    pub fn applied_to(&self, experiment: &Experiment) -> Experiment {
        let mut applied = read(self.options).experiment;
        let Experiment { data, classes, device, network, hyperparameters } = experiment.clone();
        (applied.data, applied.classes, applied.device, applied.network.classes) = (data, classes, device, network.classes);
        let trained = &mut applied.hyperparameters;
        trained.training_images = hyperparameters.training_images;
        trained.held_out_images = hyperparameters.held_out_images;
        trained.monitoring.validation_images = hyperparameters.monitoring.validation_images;
        trained.seed = hyperparameters.seed;
        applied
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::ResNetSpec;

    #[test]
    fn a_recipe_changes_network_and_training_and_leaves_the_images() {
        let asked = read("data=starter&images=300&held-out=50&seed=7&classes=0,3&device=cpu&depth=56&rate=0.5").experiment;
        for recipe in &RECIPES {
            let applied = recipe.applied_to(&asked);
            assert!(ResNetSpec::new(applied.network.clone()).is_ok(), "{}: it can be built", recipe.name);
            assert_eq!(applied.hyperparameters.check(), Ok(()), "{}: and trained", recipe.name);
            assert_eq!((&applied.data, &applied.classes, applied.device), (&asked.data, &asked.classes, asked.device));
            assert_eq!((applied.network.classes, applied.hyperparameters.seed), (asked.network.classes, 7));
            assert_eq!(applied.hyperparameters.training_images, 300);
            assert_eq!(recipe.applied_to(&applied), applied, "{}: again it changes nothing", recipe.name);
            assert_eq!(Recipe::of(&applied), Some(recipe), "it is known again");
        }
        assert_eq!(Recipe::of(&asked), None, "settings of one's own");
        assert_eq!(Recipe::of(&read("epochs=3").experiment).map(|recipe| recipe.name), Some("tutorial"), "only shorter");
    }

    #[test]
    fn the_page_begins_with_what_learns_most_in_a_minute() {
        assert_eq!(Recipe::from_name("quick").map(|recipe| recipe.applied_to(&Experiment::default())), Some(Experiment::first()));
        assert_eq!(Recipe::of(&Experiment::default()).map(|recipe| recipe.name), Some("tutorial"));
        assert_eq!(Recipe::from_name("thorough").map(|recipe| recipe.applied_to(&Experiment::default()).hyperparameters.epochs), Some(60));
    }

    #[test]
    fn what_a_recipe_reaches_is_written_down() {
        let measured = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/recipes.md"));
        for recipe in RECIPES {
            assert!(read(recipe.options).notices.is_empty(), "{}: the link reads it as it is", recipe.name);
            assert!(measured.contains(recipe.options), "docs/recipes.md says nothing about {}", recipe.options);
        }
    }
}
