//! Notebooks that any reader of format 4.5 opens.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{NotebookError, NotebookImages, NotebookRequest, write_notebook};
use crate::dataset::DatasetManifest;
use crate::dataset::augmentation::InputNormalisation;
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::export::{CodeRequest, Framework, Part, write_code};
use crate::spec::{Named, NetworkChoices};

fn request(framework: Framework) -> NotebookRequest {
    let step = |step| StepMetrics { step, loss: 2.25, accuracy: 0.125 };
    NotebookRequest {
        framework,
        network: NetworkChoices { depth: 20, classes: 3, ..NetworkChoices::default() },
        link: "https://example.org/play/?v=1&depth=20&classes=0-3-5&rate=0.001&schedule=one-cycle".into(),
        images: NotebookImages {
            data_set: "CIFAR-10".into(),
            is_cifar_10: true,
            classes: ["airplane", "cat", "dog"].map(str::to_owned).to_vec(),
            numbers: vec![0, 3, 5],
            mean: [0.4914, 0.482_158, 0.446_531],
            deviation: [0.247_032, 0.243_485, 0.261_588],
            normalisation: InputNormalisation::DataSet,
        },
        weights_file: "resnet-20-keras-weights.safetensors".into(),
        steps: (0..3).map(step).collect(),
        held_out: vec![HeldOutMetrics { step: 3, loss: 1.5, accuracy: 0.455, images: 500 }],
    }
}

fn notebook(request: &NotebookRequest) -> Value {
    serde_json::from_str(&write_notebook(request).expect("a network that can be built")).expect("JSON")
}

fn source(notebook: &Value, id: &str) -> String {
    let cells = notebook["cells"].as_array().expect("cells");
    let cell = cells.iter().find(|cell| cell["id"] == id).unwrap_or_else(|| panic!("a cell {id}"));
    cell["source"].as_array().expect("lines").iter().map(|line| line.as_str().expect("text")).collect()
}

/// What the schema of format 4.5 asks for: <https://github.com/jupyter/nbformat>.
fn check_format(notebook: &Value) {
    assert_eq!((notebook["nbformat"].as_u64(), notebook["nbformat_minor"].as_u64()), (Some(4), Some(5)));
    assert!(notebook["metadata"]["kernelspec"]["name"].is_string() && notebook["metadata"]["kernelspec"]["display_name"].is_string());
    assert!(notebook["metadata"]["language_info"]["name"].is_string());
    let keys: BTreeSet<_> = notebook.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["nbformat", "nbformat_minor", "metadata", "cells"]), "and nothing else");
    let mut ids = BTreeSet::new();
    for cell in notebook["cells"].as_array().expect("cells") {
        let id = cell["id"].as_str().expect("an id");
        assert!((1..=64).contains(&id.len()) && id.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter)), "{id}");
        assert!(ids.insert(id.to_owned()), "{id} comes twice");
        let lines = cell["source"].as_array().expect("lines");
        let (last, before) = lines.split_last().expect("no cell is empty");
        assert!(before.iter().all(|line| line.as_str().is_some_and(|line| line.ends_with('\n'))), "each line has its end");
        assert!(!last.as_str().expect("text").ends_with('\n'), "but the last");
        let keys: BTreeSet<_> = cell.as_object().expect("an object").keys().map(String::as_str).collect();
        match cell["cell_type"].as_str() {
            Some("markdown") => assert_eq!(keys, BTreeSet::from(["cell_type", "id", "metadata", "source"])),
            Some("code") => {
                assert_eq!(keys, BTreeSet::from(["cell_type", "id", "metadata", "source", "outputs", "execution_count"]));
                assert!(cell["execution_count"].is_null() && cell["outputs"].as_array().is_some_and(Vec::is_empty), "nothing has run");
            }
            other => panic!("no kind of cell: {other:?}"),
        }
    }
}

#[test]
fn notebooks_are_of_format_4_5_with_the_very_code_of_the_export() {
    for framework in [Framework::Keras, Framework::PyTorch] {
        let request = request(framework);
        let notebook = notebook(&request);
        check_format(&notebook);
        let code = CodeRequest { network: request.network.clone(), framework, part: Part::WholeNetwork, l2: 1e-4 };
        assert_eq!(source(&notebook, "network"), write_code(&code).unwrap().trim_end(), "word for word");
        let what = source(&notebook, "run");
        assert!(
            what.contains("[The same experiment in ResNet Playground](<https://example.org/play/?v=1&depth=20&classes=0-3-5"),
            "{what}"
        );
        assert!(
            what.contains("- Learning rate: 0.001\n") && what.contains("one-cycle") && !what.contains("Batch size"),
            "what differs: {what}"
        );
        assert!(source(&notebook, "weights").starts_with("WEIGHTS = \"resnet-20-keras-weights.safetensors\"\n"), "the file's name");
        assert!(source(&notebook, "curve").contains("(1, 2.25, 0.125),\n    (2, 2.25, 0.125)"), "the curve as data");
        assert!(source(&notebook, "about-evaluation").contains("After 3 steps the run got 45.5\u{a0}% of its 500 held-out images right"));
        let images = source(&notebook, "images");
        assert!(images.contains("CLASSES = [\"airplane\", \"cat\", \"dog\"]") && images.contains("NUMBERS = [0, 3, 5]"), "{images}");
        assert!(images.contains("np.array([0.4914, 0.482158, 0.446531], \"float32\")"), "{images}");
    }
}

#[test]
fn each_library_loads_cifar_its_own_way() {
    let images = |framework| source(&notebook(&request(framework)), "images");
    assert!(images(Framework::Keras).contains("keras.datasets.cifar10.load_data()"));
    assert!(images(Framework::PyTorch).contains("from torchvision.datasets import CIFAR10"));
}

#[test]
fn images_of_ones_own_and_odd_names_are_text_and_nothing_more() {
    let mut request = request(Framework::Keras);
    request.images.is_cifar_10 = false;
    request.images.data_set = "pets".into();
    request.images.classes = vec!["\"); import os #".into(), "猫\n\\".into(), String::new()];
    let notebook = notebook(&request);
    check_format(&notebook);
    let images = source(&notebook, "images");
    assert!(images.contains(r#"CLASSES = ["\"); import os #", "猫\n\\", ""]"#), "{images}");
    assert!(images.contains("raise FileNotFoundError(\"images.npz is not here\")") && !images.contains("cifar"), "{images}");
    assert!(source(&notebook, "about-images").contains("“pets”"));
}

#[test]
fn other_sizes_and_ways_to_normalise_are_those_of_the_run() {
    let images = |edge, channels, normalisation| {
        let mut request = request(Framework::PyTorch);
        (request.network.image_edge, request.network.image_channels, request.network.pool) = (edge, channels, 0);
        request.images.normalisation = normalisation;
        source(&notebook(&request), "images")
    };
    let doubled = images(64, 3, InputNormalisation::Centre);
    assert!(doubled.contains("x.repeat(2, axis=1).repeat(2, axis=2)") && doubled.contains("DEVIATION = np.ones(3)"), "{doubled}");
    let small = images(16, 1, InputNormalisation::CentreAndDeviation);
    assert!(small.contains("x.mean(axis=3, keepdims=True)\n    x = x.reshape(len(x), 16, 2, 16, 2, 1)"), "{small}");
    let mut whitened = request(Framework::Keras);
    whitened.images.normalisation = InputNormalisation::Whitened;
    assert!(source(&notebook(&whitened), "about-images").contains("this notebook does not do"), "said");
}

#[test]
fn long_runs_and_numbers_that_are_none_make_short_valid_lists() {
    let mut request = request(Framework::Keras);
    request.steps = (0..50_001).map(|step| StepMetrics { step, loss: if step == 0 { f32::NAN } else { 1.0 }, accuracy: 0.5 }).collect();
    request.held_out.clear();
    let notebook = notebook(&request);
    let curve = source(&notebook, "curve");
    assert!(curve.lines().count() < 1010 && curve.contains("One step in 51 is listed."), "{} lines", curve.lines().count());
    assert!(curve.contains("(1, float(\"nan\"), 0.5)") && curve.contains("(50001, 1, 0.5)"), "first and last are there");
    assert!(curve.contains("held_out = []"));
}

#[test]
fn what_is_no_python_is_refused() {
    assert_eq!(write_notebook(&request(Framework::Burn)), Err(NotebookError::NotPython));
    let mut broken = request(Framework::Keras);
    broken.network.blocks_in_stages = vec![1, 0, 1];
    assert!(write_notebook(&broken).unwrap_err().to_string().contains("1-1-1"), "with the nearest that can be built");
    assert_eq!(Framework::ALL.len(), 3, "another library needs a decision here");
}

#[test]
fn images_of_cifar_are_known_without_a_manifest_and_others_are_measured() {
    let classes = crate::dataset::ClassChoice(vec![3, 5]);
    let experiment = crate::experiment::Experiment { classes, ..Default::default() };
    let images = NotebookImages::of(&experiment, None);
    assert_eq!((images.classes, images.numbers, images.is_cifar_10), (vec!["cat".into(), "dog".into()], vec![3, 5], true));
    let starter = DatasetManifest::parse(include_str!("../../../www/data/starter/manifest.json")).unwrap();
    let whole = NotebookImages::of(&crate::experiment::Experiment::default(), None);
    assert_eq!((whole.classes, whole.mean, whole.deviation), (starter.classes.clone(), starter.channel_mean, starter.channel_deviation));

    let mut own = crate::experiment::Experiment { data: "my-pets".into(), ..Default::default() };
    own.network.classes = 3;
    let unknown = NotebookImages::of(&own, None);
    assert_eq!((unknown.data_set.as_str(), unknown.classes.join(",")), ("my-pets", "class 1,class 2,class 3".into()));
    assert_eq!(unknown.normalisation, InputNormalisation::CentreAndDeviation, "what is not known is measured");
    let manifest = DatasetManifest {
        name: "Pets".into(),
        classes: ["cat", "dog", "fish"].map(str::to_owned).to_vec(),
        channel_mean: [0.25; 3],
        ..DatasetManifest::without_images()
    };
    let known = NotebookImages::of(&own, Some(&manifest));
    assert_eq!((known.data_set.as_str(), known.mean, known.normalisation), ("Pets", [0.25; 3], InputNormalisation::DataSet));
    assert!(!NotebookImages::of(&own, Some(&starter)).classes.contains(&"airplane".to_owned()), "another data set's names are not its own");
}
