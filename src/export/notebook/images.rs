//! The lines that load the images of a run.

use super::NotebookImages;
use super::cell::quoted;
use crate::dataset::augmentation::{ImageStatistics, InputNormalisation};
use crate::dataset::{DatasetManifest, IMAGE_EDGE};
use crate::experiment::Experiment;
use crate::export::Framework;
use crate::spec::ResNetSpec;

/// What its images are without its manifest, which a run that is over may not have any more.
const CIFAR_10: &str = "CIFAR-10";
const CIFAR_10_CLASSES: [&str; 10] = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
const CIFAR_10_STATISTICS: ImageStatistics =
    ImageStatistics { mean: [0.4914, 0.482_158, 0.446_531], deviation: [0.247_032, 0.243_485, 0.261_588] };

impl NotebookImages {
    /// Those of an experiment. `manifest` is that of the data set that the page has: its own one or none of the experiment's.
    pub fn of(experiment: &Experiment, manifest: Option<&DatasetManifest>) -> Self {
        let normalisation = experiment.hyperparameters.normalisation;
        if !experiment.has_own_data() {
            let numbers = experiment.classes.of(CIFAR_10_CLASSES.len());
            let name = |number: &u16| CIFAR_10_CLASSES.get(usize::from(*number)).map(|name| (*name).to_owned());
            let ImageStatistics { mean, deviation } = CIFAR_10_STATISTICS;
            let classes = numbers.iter().filter_map(name).collect();
            return Self { data_set: CIFAR_10.into(), is_cifar_10: true, classes, numbers, mean, deviation, normalisation };
        }
        let count = experiment.network.classes;
        // Another data set than the run's has other classes, or so it must be taken.
        let known = manifest.filter(|manifest| experiment.classes.of(manifest.classes.len()).len() == count);
        let numbers = experiment.classes.of(known.map_or(count, |manifest| manifest.classes.len()));
        let name = |number: &u16| {
            let name = known.and_then(|manifest| manifest.classes.get(usize::from(*number)).cloned());
            name.unwrap_or_else(|| format!("class {}", number + 1))
        };
        let data_set = known.map_or_else(|| experiment.data.clone(), |manifest| manifest.name.clone());
        let (mean, deviation) = known.map_or(([0.0; 3], [1.0; 3]), |manifest| (manifest.channel_mean, manifest.channel_deviation));
        // Statistics that are not known are measured where the images are.
        let normalisation = match (known, normalisation) {
            (None, InputNormalisation::DataSet) => InputNormalisation::CentreAndDeviation,
            (_, normalisation) => normalisation,
        };
        Self { data_set, is_cifar_10: false, classes: numbers.iter().map(name).collect(), numbers, mean, deviation, normalisation }
    }
}

/// File beside the notebook that is used without a download.
fn local_file(images: &NotebookImages) -> &'static str {
    if images.is_cifar_10 { "cifar10.npz" } else { "images.npz" }
}

pub(super) fn words(images: &NotebookImages) -> String {
    let file = local_file(images);
    let arrays = "`x_train`, `y_train`, `x_test` and `y_test`: images as bytes `[count, 32, 32, 3]` and the numbers of their classes";
    let whitened = match images.normalisation {
        InputNormalisation::Whitened => {
            "\n\nThe run whitened its images, which this notebook does not do: its evaluation is worse than the run's."
        }
        InputNormalisation::Centre | InputNormalisation::CentreAndDeviation => {
            "\n\nThe run measured mean and deviation on its own training images; here they are those of the whole training set."
        }
        InputNormalisation::DataSet => "",
    };
    let source = if images.is_cifar_10 {
        format!(
            "{CIFAR_10} comes by way of the library, 170 MB the first time. A file `{file}` beside this notebook is used instead, without \
             a download; it holds {arrays}. Where neither can be had, random images stand in for them: the code runs, its numbers say nothing."
        )
    } else {
        format!(
            "The run learnt from images of its own, “{}”, which are in a browser. Put yours into `{file}` beside this notebook: {arrays}. \
             Without it random images stand in for them: the code runs, its numbers say nothing.",
            images.data_set
        )
    };
    format!("## The images\n\n{source}{whitened}")
}

pub(super) fn code(images: &NotebookImages, framework: Framework, spec: &ResNetSpec) -> String {
    let classes = images.classes.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let numbers = images.numbers.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    let count = images.numbers.len();
    let file = local_file(images);
    let from_library = match (images.is_cifar_10, framework) {
        (false, _) => format!("        raise FileNotFoundError(\"{file} is not here\")"),
        (true, Framework::Keras) => KERAS_LIBRARY.to_owned(),
        (true, _) => PYTORCH_LIBRARY.to_owned(),
    };
    let [mean, deviation] = match images.normalisation {
        InputNormalisation::DataSet => [&images.mean, &images.deviation].map(|values| format!("np.array({values:?}, \"float32\")")),
        InputNormalisation::Centre | InputNormalisation::Whitened => {
            ["(train_images / 255.0).mean(axis=(0, 1, 2))".to_owned(), "np.ones(3)".to_owned()]
        }
        InputNormalisation::CentreAndDeviation => {
            ["(train_images / 255.0).mean(axis=(0, 1, 2))".to_owned(), "(train_images / 255.0).std(axis=(0, 1, 2)) + 1e-6".to_owned()]
        }
    };
    format!(
        r#"import numpy as np
from pathlib import Path

CLASSES = [{classes}]
# Their numbers in the data set.
NUMBERS = [{numbers}]


def load_images():
    """Images and labels to train and to test with, and whether they are the real ones."""
    try:
        if Path("{file}").exists():
            with np.load("{file}") as arrays:
                return (arrays["x_train"], arrays["y_train"]), (arrays["x_test"], arrays["y_test"]), True
{from_library}
    except Exception as error:
        print(f"No images ({{error}}): random ones stand in for them. What is measured on them says nothing.")
        random = np.random.default_rng(1)
        part = lambda count: (random.integers(0, 256, (count, 32, 32, 3), "uint8"), np.resize(NUMBERS, count))
        return part(64), part(64), False


def of_the_run(images, labels):
    """Those whose class takes part, which are counted from 0."""
    places = {{number: place for place, number in enumerate(NUMBERS)}}
    labels = np.asarray(labels).reshape(-1)
    chosen = np.isin(labels, NUMBERS)
    return images[chosen], np.array([places[int(label)] for label in labels[chosen]])


train, test, are_real = load_images()
train_images, train_labels = of_the_run(*train)
test_images, test_labels = of_the_run(*test)
MEAN = {mean}
DEVIATION = {deviation}


def prepare(images):
    """What the network sees, [count, {edge}, {edge}, {channels}]."""
    x = (images.astype("float32") / 255.0 - MEAN) / DEVIATION
{fitting}    return x.astype("float32")


print(f"{{len(train_images)}} images to train and {{len(test_images)}} to test with, of {count} classes")"#,
        edge = spec.choices().image_edge,
        channels = spec.choices().image_channels,
        fitting = fitting(spec),
    )
}

/// Brings images to the size that the network reads, as the playground does.
fn fitting(spec: &ResNetSpec) -> String {
    let (edge, channels) = (spec.choices().image_edge, spec.choices().image_channels);
    let mut lines = String::new();
    if channels == 1 {
        lines += "    x = x.mean(axis=3, keepdims=True)\n";
    }
    if edge > IMAGE_EDGE {
        let times = edge / IMAGE_EDGE;
        lines += &format!("    x = x.repeat({times}, axis=1).repeat({times}, axis=2)\n");
    } else if edge < IMAGE_EDGE {
        let window = IMAGE_EDGE / edge;
        lines += &format!("    x = x.reshape(len(x), {edge}, {window}, {edge}, {window}, {channels}).mean(axis=(2, 4))\n");
    }
    lines
}

const KERAS_LIBRARY: &str = "        train, test = keras.datasets.cifar10.load_data()\n        return train, test, True";

const PYTORCH_LIBRARY: &str = r#"        from torchvision.datasets import CIFAR10

        parts = [CIFAR10("cifar10", train=is_train, download=True) for is_train in (True, False)]
        train, test = [(part.data, part.targets) for part in parts]
        return train, test, True"#;
