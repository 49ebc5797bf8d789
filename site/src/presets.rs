//! What has a page of its own: the recipes and the networks worth starting from.

use resnet_playground::experiment::Experiment;
use resnet_playground::experiment::permalink::{ViewOptions, write};
use resnet_playground::experiment::recipes::RECIPES;
use resnet_playground::language::format::{compact, grouped};
use resnet_playground::spec::{Named, Preset, ResNetSpec, Shortcut};

/// A preset as the site shows it.
pub struct SitePreset {
    /// Its folder below `p/`.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// Its network and training.
    pub experiment: Experiment,
    /// Its network.
    pub spec: ResNetSpec,
    /// What it is for, in one or two sentences.
    pub about: &'static str,
}

impl SitePreset {
    fn new(name: &'static str, label: &'static str, experiment: Experiment) -> Option<Self> {
        let spec = ResNetSpec::new(experiment.network.clone()).ok()?;
        Some(Self { name, label, experiment, spec, about: about(name) })
    }

    /// The query that opens it.
    pub fn query(&self) -> String {
        write(&self.experiment, &ViewOptions::default())
    }

    /// The query of an embed of it.
    pub fn embed_query(&self) -> String {
        write(&self.experiment, &ViewOptions { embed: true, ..ViewOptions::default() })
    }

    /// Its figures in one line.
    pub fn facts(&self) -> String {
        let cost = self.spec.cost();
        format!(
            "{} · {} parameters · {} multiply-adds per image",
            skips(&self.spec),
            grouped(cost.parameters as usize),
            compact(cost.multiply_adds_per_image as f64)
        )
    }
}

/// How many skip connections a network has.
pub fn skips(spec: &ResNetSpec) -> String {
    match spec.blocks().iter().filter(|block| block.shortcut != Shortcut::Absent).count() {
        0 => "no skip connections".into(),
        1 => "1 skip connection".into(),
        count => format!("{count} skip connections"),
    }
}

/// All of them. The tests hold that every recipe and every network of the page is here.
pub fn presets() -> Vec<SitePreset> {
    let tutorial = Experiment::default();
    let recipes = RECIPES.iter().filter_map(|recipe| SitePreset::new(recipe.name, recipe.label, recipe.applied_to(&tutorial)));
    let networks = Preset::ALL.iter().filter_map(|preset| {
        let network = preset.choices(tutorial.network.classes);
        SitePreset::new(preset.name(), preset.label(), Experiment { network, ..tutorial.clone() })
    });
    recipes.chain(networks).collect()
}

fn about(name: &str) -> &'static str {
    match name {
        "tutorial" => {
            "The network of the Keras tutorial with 8 start filters, trained as the tutorial trains it: Adam with AMSGrad, ten epochs."
        }
        "quick" => {
            "What the playground begins with: a narrow network of depth 20 that learns well in about a minute, with skip connections that change nothing on their way."
        }
        "thorough" => {
            "Three blocks of two 3×3 convolutions and 60 epochs of SGD. About 63 % of CIFAR-10’s test images right after 1,000 training images."
        }
        "long" => {
            "Six blocks of two 3×3 convolutions and 60 epochs of SGD. About 82 % of CIFAR-10’s test images right after 5,000 training images."
        }
        "tutorial-11" => "The tutorial’s first network: one block of three convolutions in each of three stages, 32 start filters.",
        "tutorial-56" => "The tutorial’s deep network: six blocks in each of three stages, 32 start filters.",
        "paper-164" => "ResNet-164 of He et al. 2016: eighteen bottleneck blocks in each of three stages, 1.7 million parameters.",
        "plain-56" => {
            "The tutorial’s depth 56 without skip connections, to compare: the gradient has to come back through every convolution."
        }
        "tiny" => "Four start filters: small enough to watch it learn on any processor.",
        _ => "",
    }
}
